package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * C2: no request has a second terminal, but for so many as may be done again after the faults of a run; all terminals of
 * one request agree in kind and content.
 *
 * @param mostDoubled 0 for exactly once
 * @param besides endings that a request may have besides its own
 */
record Uniqueness(long mostDoubled, Set<Ending> besides) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, List<Terminal>> byId = new LinkedHashMap<>();
        evidence.terminals().forEach(terminal -> byId.computeIfAbsent(terminal.requestId(), id -> new ArrayList<>())
                .add(terminal));
        List<String> found = new ArrayList<>();
        int doubled = evidence.terminals().size() - byId.size();
        if (doubled > mostDoubled) {
            found.add("doubled: " + doubled + " terminal records too many, at most " + mostDoubled);
        }
        byId.forEach((id, terminals) -> {
            long outcomes = terminals.stream()
                    .map(terminal -> new Ending(terminal.kind(), terminal.content()))
                    .distinct()
                    .filter(ending -> !besides.contains(ending))
                    .count();
            if (outcomes > 1) {
                found.add("contradiction: " + id + " ended in " + outcomes + " ways");
            }
        });
        return found;
    }
}
