package dev.forebay.deploy.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * C10: all requests that were taken, be it that only the topic tells, have a terminal within a time after the last heal,
 * or after the broker's answer to their client.
 */
record Liveness(Duration within) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Set<String> taken = new HashSet<>();
        evidence.inputs().forEach(input -> taken.add(input.requestId()));
        Map<String, Long> ended = new HashMap<>();
        long healed = Long.MIN_VALUE;
        for (Operation line : evidence.history()) {
            if (line.is("heal")) {
                healed = Math.max(healed, line.nanos());
            } else if (line.is("terminal")) {
                ended.merge(line.requestId(), line.nanos(), Math::min);
            }
        }
        long from = healed;
        return evidence.history().stream()
                .filter(line -> line.is("send"))
                .filter(line -> line.status() == Operation.Status.OK || taken.contains(line.requestId()))
                .filter(line -> !ended.containsKey(line.requestId())
                        || ended.getOrDefault(line.requestId(), 0L) - Math.max(line.nanos(), from) > within.toNanos())
                .map(line -> "late: " + line.requestId() + " had not ended " + within + " after the heal")
                .toList();
    }
}
