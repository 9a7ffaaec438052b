package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** C1: each request that was taken has a terminal, and no terminal is for a request that nobody sent. */
final class Conservation implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        evidence.terminals().forEach(terminal -> ended.add(terminal.requestId()));
        Set<String> known = new HashSet<>();
        for (Operation operation : evidence.history()) {
            if (operation.is("send") && operation.status() != Operation.Status.FAIL) {
                known.add(operation.requestId());
                if (operation.status() == Operation.Status.OK && !ended.contains(operation.requestId())) {
                    found.add("lost: " + operation.requestId() + " was taken and has no terminal record");
                }
            }
        }
        ended.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> found.add("unknown: " + id + " has a terminal record and was never sent"));
        return found;
    }
}
