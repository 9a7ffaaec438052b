package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** C2: exactly one terminal in {@code exactly-once}; elsewhere several, all of one kind and content. */
final class Uniqueness implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, List<Terminal>> byId = new LinkedHashMap<>();
        evidence.terminals().forEach(terminal -> byId.computeIfAbsent(terminal.requestId(), id -> new ArrayList<>())
                .add(terminal));
        List<String> found = new ArrayList<>();
        byId.forEach((id, terminals) -> {
            if (evidence.mode() == Mode.EXACTLY_ONCE && terminals.size() > 1) {
                found.add("doubled: " + id + " has " + terminals.size() + " terminal records");
            }
            long outcomes = terminals.stream()
                    .map(terminal -> terminal.kind() + " " + terminal.content())
                    .distinct()
                    .count();
            if (outcomes > 1) {
                found.add("contradiction: " + id + " ended in " + outcomes + " ways");
            }
        });
        return found;
    }
}
