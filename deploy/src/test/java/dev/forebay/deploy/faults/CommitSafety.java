package dev.forebay.deploy.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** C5: no sampled commit is beyond the first input, of whatever topic, that had no terminal in the broker by then. */
final class CommitSafety implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> ended = new HashSet<>();
        int read = 0;
        for (CommitSample sample : evidence.commits()) {
            for (; read < sample.terminalsRead(); read++) {
                ended.add(evidence.terminals().get(read).requestId());
            }
            for (Sent input : evidence.inputs()) {
                Position at = input.position();
                if (at.topic().equals(sample.topic())
                        && at.partition() == sample.partition()
                        && at.offset() < sample.committed()
                        && !ended.contains(input.requestId())) {
                    found.add("early commit: " + at + " was passed and had not ended");
                }
            }
        }
        return new ArrayList<>(found);
    }
}
