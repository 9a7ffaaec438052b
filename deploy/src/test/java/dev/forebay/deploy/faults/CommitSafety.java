package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** C5: no sampled commit is beyond the first input that had no terminal in the broker by then. */
final class CommitSafety implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        List<String> found = new ArrayList<>();
        for (CommitSample sample : evidence.commits()) {
            Set<Position> ended = new HashSet<>();
            evidence.terminals().subList(0, sample.terminalsRead()).forEach(terminal -> ended.add(terminal.source()));
            evidence.sent().stream()
                    .map(Sent::position)
                    .filter(at -> at.topic().equals(sample.topic()) && at.partition() == sample.partition())
                    .filter(at -> at.offset() < sample.committed() && !ended.contains(at))
                    .forEach(at -> found.add(
                            "early commit: " + sample.committed() + " passes " + at + ", which has not ended"));
        }
        return found;
    }
}
