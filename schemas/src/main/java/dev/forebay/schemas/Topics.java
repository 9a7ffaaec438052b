package dev.forebay.schemas;

import dev.forebay.schemas.config.Section;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The topics between the stages, each with its name and format.
 *
 * @param admitted requests by their tenant, where quotas are counted
 * @param workBulk the requests of a back-fill: a topic of their own, so that live requests are not read behind them
 * @param retries requests that are tried again after a while, as they were
 * @param digestEvents requests that are collected into digests, as they were, each under the key of its group
 * @param countEvents what is counted, each under the key of what it is counted with
 * @param partEvents what becomes of the parts of events, each under the key of its event
 * @param completions how all parts of an event ended
 * @param reviewDecisions what people decided on the results of {@code review}
 * @param replays which records were replayed from their dead letters; compacted, and of no stage
 * @param control changes of the processors' policy, in one partition; kept for ever
 */
public record Topics(
        Topic requests,
        Topic admitted,
        Topic work,
        Topic workBulk,
        Topic retries,
        Topic digestEvents,
        Topic countEvents,
        Topic partEvents,
        Topic completions,
        Topic outcomes,
        Topic results,
        Topic review,
        Topic reviewDecisions,
        Topic rejections,
        Topic deadLetters,
        String replays,
        String control) {

    /** A topic's name with the encoding of its values. */
    public record Topic(String name, TopicFormat format) {}

    /** The names used where the configuration says nothing. */
    public static Topics defaults() {
        return read(Section.empty("topics"));
    }

    /**
     * Reads the {@code topics} section: {@code results: support.results}, or {@code results: {name: support.results,
     * format: json}}. The topics {@code admitted}, {@code work-bulk}, {@code retries} and {@code digest-events} have the
     * format of {@code work}.
     */
    public static Topics read(Section section) {
        Topic work = topic(section, "work");
        return new Topics(
                topic(section, "requests"),
                new Topic(section.topicName("admitted", "forebay.admitted"), work.format()),
                work,
                new Topic(section.topicName("work-bulk", "forebay.work-bulk"), work.format()),
                new Topic(section.topicName("retries", "forebay.retries"), work.format()),
                new Topic(section.topicName("digest-events", "forebay.digest-events"), work.format()),
                new Topic(section.topicName("count-events", "forebay.count-events"), TopicFormat.JSON),
                new Topic(section.topicName("part-events", "forebay.part-events"), TopicFormat.JSON),
                topic(section, "completions"),
                topic(section, "outcomes"),
                topic(section, "results"),
                topic(section, "review"),
                topic(section, "review-decisions"),
                topic(section, "rejections"),
                topic(section, "dead-letters"),
                section.topicName("replays", "forebay.replays"),
                section.topicName("control", "forebay.control"));
    }

    /** The topics that a stage reads or writes. */
    public List<Topic> all() {
        return List.of(
                requests,
                admitted,
                work,
                workBulk,
                retries,
                digestEvents,
                countEvents,
                partEvents,
                completions,
                outcomes,
                results,
                review,
                reviewDecisions,
                rejections,
                deadLetters);
    }

    /** The names of all topics, also of those that hold no records of a stage. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        all().forEach(topic -> names.add(topic.name()));
        names.add(replays);
        names.add(control);
        return names;
    }

    /** What the worker reads; one name where both lanes share a topic. */
    public Set<String> workNames() {
        return new LinkedHashSet<>(List.of(work.name(), workBulk.name()));
    }

    private static Topic topic(Section topics, String key) {
        String name = "forebay." + key;
        if (!topics.isSection(key)) {
            return new Topic(topics.topicName(key, name), TopicFormat.AVRO);
        }
        Section section = topics.section(key);
        return new Topic(
                section.topicName("name", name), section.choice("format", TopicFormat.class, TopicFormat.AVRO));
    }
}
