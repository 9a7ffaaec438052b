package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * C3: each result is the model's function of its own input, which catches rows that changed places in a batch; an input
 * that has none ends as the kind and with the code that it has to.
 */
final class Content implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = evidence.inputsById();
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            Sent input = byId.get(terminal.requestId());
            Ending given = new Ending(terminal.kind(), terminal.content());
            if (input != null && !given.equals(input.ending())) {
                found.add("wrong: " + terminal.requestId() + " got " + given + ", right is " + input.ending());
            }
        }
        return found;
    }
}
