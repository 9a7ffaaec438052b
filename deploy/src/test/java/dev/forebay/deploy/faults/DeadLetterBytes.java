package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** C8: a dead letter carries the input's bytes, and each of its headers unchanged. */
final class DeadLetterBytes implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = new HashMap<>();
        evidence.sent().forEach(sent -> byId.put(sent.requestId(), sent));
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            Sent sent = byId.get(terminal.requestId());
            if (sent != null && terminal.kind() == Terminal.Kind.DEAD_LETTER) {
                if (!terminal.original().equals(sent.value())) {
                    found.add("changed bytes: the dead letter of " + terminal.requestId());
                }
                if (!terminal.headers().entrySet().containsAll(sent.headers().entrySet())) {
                    found.add("changed headers: the dead letter of " + terminal.requestId());
                }
            }
        }
        return found;
    }
}
