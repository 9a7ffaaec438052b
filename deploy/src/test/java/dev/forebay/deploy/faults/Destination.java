package dev.forebay.deploy.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C7: a terminal stands in the topic of its kind, and the input that it names is the one with its request id. */
final class Destination implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Position> positions = new HashMap<>();
        evidence.sent().forEach(sent -> positions.put(sent.requestId(), sent.position()));
        return evidence.terminals().stream()
                .filter(terminal ->
                        !terminal.position().topic().equals(evidence.topics().get(terminal.kind()))
                                || !terminal.source().equals(positions.get(terminal.requestId())))
                .map(terminal -> "misplaced: " + terminal.kind() + " of " + terminal.requestId() + " at "
                        + terminal.position() + " for " + terminal.source())
                .toList();
    }
}
