package dev.forebay.deploy.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** C5: no sampled commit is beyond the first input, of whatever topic, that had no terminal in the broker by then. */
final class CommitSafety implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Map<TopicPartition, Queue<Sent>> ahead = new HashMap<>();
        for (Sent input : evidence.inputs()) {
            Position at = input.position();
            ahead.computeIfAbsent(new TopicPartition(at.topic(), at.partition()), inputs -> new ArrayDeque<>())
                    .add(input);
        }
        List<String> found = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        int read = 0;
        for (CommitSample sample : evidence.commits()) {
            for (; read < sample.terminalsRead(); read++) {
                ended.add(evidence.terminals().get(read).requestId());
            }
            Queue<Sent> inputs =
                    ahead.getOrDefault(new TopicPartition(sample.topic(), sample.partition()), new ArrayDeque<>());
            while (!inputs.isEmpty() && inputs.element().position().offset() < sample.committed()) {
                Sent passed = inputs.remove();
                if (!ended.contains(passed.requestId())) {
                    found.add("early commit: " + passed.position() + " was passed and had not ended");
                }
            }
        }
        return found;
    }
}
