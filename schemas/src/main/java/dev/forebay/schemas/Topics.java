package dev.forebay.schemas;

import dev.forebay.schemas.config.Section;
import java.util.List;

/** The topics between the stages, each with its name and format. */
public record Topics(
        Topic requests, Topic work, Topic outcomes, Topic results, Topic review, Topic rejections, Topic deadLetters) {

    /** A topic's name with the encoding of its values. */
    public record Topic(String name, TopicFormat format) {}

    /** The names used where the configuration says nothing. */
    public static Topics defaults() {
        return read(Section.empty("topics"));
    }

    /**
     * Reads the {@code topics} section: {@code results: support.results}, or {@code results: {name: support.results,
     * format: json}}.
     */
    public static Topics read(Section section) {
        return new Topics(
                topic(section, "requests"),
                topic(section, "work"),
                topic(section, "outcomes"),
                topic(section, "results"),
                topic(section, "review"),
                topic(section, "rejections"),
                topic(section, "dead-letters"));
    }

    public List<Topic> all() {
        return List.of(requests, work, outcomes, results, review, rejections, deadLetters);
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
