package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * C4: in each topic the terminals of a key come in the order of its inputs, without a gap. They may start again at an
 * earlier one so many times, and go on from there without a gap: what a worker does that reads again after a fault.
 */
record KeyOrder(long rewinds) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<String, List<String>> walks = new HashMap<>();
        Map<String, Sent> byId = evidence.inputsById();
        for (Terminal terminal : evidence.terminals()) {
            Sent input = byId.get(terminal.requestId());
            if (input != null) { // conservation tells of the others
                walks.computeIfAbsent(terminal.position().topic() + " " + input.key(), walk -> new ArrayList<>())
                        .add(input.requestId());
            }
        }
        Map<String, Integer> ranks = new HashMap<>();
        for (Sent input : evidence.inputs()) {
            ranks.put(input.requestId(), ranks.size());
        }
        List<String> found = new ArrayList<>();
        walks.forEach((walk, ids) -> found.addAll(violations(walk, ids, ranks)));
        return found;
    }

    private List<String> violations(String walk, List<String> ids, Map<String, Integer> ranks) {
        List<String> inOrder = ids.stream()
                .distinct()
                .sorted((a, b) -> Integer.compare(ranks.getOrDefault(a, 0), ranks.getOrDefault(b, 0)))
                .toList();
        Map<String, Integer> places = new HashMap<>();
        inOrder.forEach(id -> places.put(id, places.size()));
        List<String> found = new ArrayList<>();
        int before = -1;
        long back = 0;
        for (String id : ids) {
            int now = places.getOrDefault(id, 0);
            if (now > before + 1) {
                found.add("gap: " + id + " came before its elders in " + walk);
            } else if (now <= before && ++back > rewinds) {
                found.add("order: " + id + " came again or late in " + walk);
            }
            before = now;
        }
        return found;
    }
}
