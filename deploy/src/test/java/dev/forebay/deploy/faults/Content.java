package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * C3: each result is the model's function of its own input, which catches rows that changed places in a batch; an input
 * that has none ends as the kind and with the code that it has to.
 */
final class Content implements Checker {
    private final Set<Ending> allowed;

    /** @param allowed endings that any input may have in place of its own */
    Content(Set<Ending> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = evidence.inputsById();
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            Sent input = byId.get(terminal.requestId());
            Ending given = new Ending(terminal.kind(), terminal.content());
            if (input != null && !given.equals(input.ending()) && !allowed.contains(given)) {
                found.add("wrong: " + terminal.requestId() + " got " + given + ", right is " + input.ending());
            }
        }
        return found;
    }
}
