package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C3: each result is the model's function of its own input; catches rows that changed places in a batch. */
final class Content implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, String> expected = new HashMap<>();
        evidence.sent().forEach(sent -> expected.put(sent.requestId(), sent.expected()));
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            if (terminal.kind() == Terminal.Kind.RESULT
                    && !terminal.content().equals(expected.get(terminal.requestId()))) {
                found.add("wrong: " + terminal.requestId() + " got " + terminal.content() + ", right is "
                        + expected.get(terminal.requestId()));
            }
        }
        return found;
    }
}
