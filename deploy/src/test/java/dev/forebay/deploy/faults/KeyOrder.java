package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * C4: the terminals of a key come in the order of its inputs, without a gap. Outside of {@code exactly-once} they may
 * start again at an earlier one, at most once per fault.
 */
final class KeyOrder implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, Sent> byId = new HashMap<>();
        Map<String, Integer> rank = new HashMap<>();
        Map<String, Integer> perKey = new HashMap<>();
        for (Sent sent : evidence.sent()) {
            byId.put(sent.requestId(), sent);
            rank.put(sent.requestId(), perKey.merge(sent.key(), 1, Integer::sum));
        }
        long faults =
                evidence.history().stream().filter(line -> line.is("fault")).count();
        long allowed = evidence.mode() == Mode.EXACTLY_ONCE ? 0 : faults;
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> rewinds = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (Terminal terminal : evidence.terminals()) {
            Sent sent = byId.get(terminal.requestId());
            if (sent == null) {
                continue; // conservation tells of it
            }
            int now = rank.getOrDefault(terminal.requestId(), 0);
            int before = last.getOrDefault(sent.key(), 0);
            last.put(sent.key(), now);
            if (now > before + 1) {
                found.add("gap: " + terminal.requestId() + " of key " + sent.key() + " came before its elders");
            } else if (now <= before && rewinds.merge(sent.key(), 1, Integer::sum) > allowed) {
                found.add("order: " + terminal.requestId() + " of key " + sent.key() + " came again or late");
            }
        }
        return found;
    }
}
