package dev.forebay.processors.count;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code digests.aggregates}: where the counts go.
 *
 * @param grace for how long nothing may have come for a window that is over before it is told
 * @param tasks the names of the section {@code tasks}; what asks for another is counted as one
 */
public record Aggregates(Topics.Topic to, Duration every, Duration grace, Set<String> tasks) {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);

    /**
     * Reads the section and notes what is wrong with it; empty where it is absent.
     *
     * @param taken the topics that hold other records
     */
    public static Optional<Aggregates> read(Section section, Collection<String> taken, Set<String> tasks) {
        if (section.keys().isEmpty()) {
            return Optional.empty();
        }
        String to = section.has("to") ? section.topicName("to", "") : section.requiredString("to", "support.counts");
        if (taken.contains(to)) {
            section.problem("to", "a topic of its own", "Forebay keeps other records in that one; name another.");
        }
        Duration every = section.duration("every", EVERY, Duration.ofSeconds(1), Duration.ofDays(1));
        Duration grace = section.duration("grace", GRACE, Duration.ZERO, Duration.ofDays(1));
        section.done();
        return Optional.of(new Aggregates(new Topics.Topic(to, TopicFormat.JSON), every, grace, Set.copyOf(tasks)));
    }
}
