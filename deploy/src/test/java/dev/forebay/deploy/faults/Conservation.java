package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * C1: each request that was taken has a terminal, be it that the client was told so or that the topic holds it, and no
 * terminal is for a request that nobody sent.
 */
final class Conservation implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Set<String> ended = new HashSet<>();
        evidence.terminals().forEach(terminal -> ended.add(terminal.requestId()));
        Set<String> sent = new HashSet<>();
        Set<String> taken = new LinkedHashSet<>();
        for (Operation operation : evidence.history()) {
            if (operation.is("send") && operation.status() != Operation.Status.FAIL) {
                sent.add(operation.requestId());
                if (operation.status() == Operation.Status.OK) {
                    taken.add(operation.requestId());
                }
            }
        }
        evidence.inputs().forEach(input -> taken.add(input.requestId()));
        List<String> found = new ArrayList<>();
        taken.stream()
                .filter(id -> !ended.contains(id))
                .forEach(id -> found.add("lost: " + id + " was taken and has no terminal record"));
        ended.stream()
                .filter(id -> !sent.contains(id))
                .forEach(id -> found.add("unknown: " + id + " has a terminal record and was never sent"));
        return found;
    }
}
