package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * C7: a terminal stands in the topic of its kind, under its input's key, and all that it says about its input (the request
 * id in its value, the position in a dead letter) is true of the one that its headers came from.
 */
final class Destination implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = evidence.inputsById();
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            String about = terminal.kind() + " of " + terminal.requestId() + " at " + terminal.position();
            if (!terminal.position().topic().equals(evidence.topics().get(terminal.kind()))) {
                found.add("misplaced: " + about);
            }
            if (terminal.namedId() != null && !terminal.namedId().equals(terminal.requestId())) {
                found.add("mixed: " + about + " names " + terminal.namedId());
            }
            Sent input = byId.get(terminal.requestId());
            if (input != null && !terminal.key().equals(input.key())) {
                found.add("rekeyed: " + about);
            }
            if (input != null && terminal.named() != null && !terminal.named().equals(input.position())) {
                found.add("mixed: " + about + " is for " + terminal.named() + ", not " + input.position());
            }
        }
        return found;
    }
}
