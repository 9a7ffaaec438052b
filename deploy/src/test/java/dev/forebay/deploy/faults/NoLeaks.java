package dev.forebay.deploy.faults;

import java.util.List;

/** C12: after the run there are no more threads, connections, files or members of any name than before it. */
final class NoLeaks implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        return evidence.countsAfter().entrySet().stream()
                .filter(after -> after.getValue() > evidence.countsBefore().getOrDefault(after.getKey(), 0))
                .map(after -> "leaked: " + after.getKey() + ", " + after.getValue() + " after and "
                        + evidence.countsBefore().getOrDefault(after.getKey(), 0) + " before")
                .toList();
    }
}
