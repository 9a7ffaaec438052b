package dev.forebay.schemas.registry;

import java.util.Optional;

/** How a record's subject in the registry follows from its topic and type. */
public enum SubjectNaming {
    /** {@code <topic>-value}, the default. */
    TOPIC_NAME("TopicNameStrategy"),
    /** The record's full name, the same for every topic. */
    RECORD_NAME("RecordNameStrategy"),
    /** {@code <topic>-<full name>}. */
    TOPIC_RECORD_NAME("TopicRecordNameStrategy");

    private final String strategy;

    SubjectNaming(String strategy) {
        this.strategy = strategy;
    }

    /** The naming that a {@code value.subject.name.strategy} means: Confluent's class name, with or without package. */
    public static Optional<SubjectNaming> named(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        for (SubjectNaming naming : values()) {
            if (naming.strategy.equals(simple)) {
                return Optional.of(naming);
            }
        }
        return Optional.empty();
    }

    /** Confluent's name of this strategy, without its package. */
    public String strategy() {
        return strategy;
    }

    /** The subject of the values of a topic. */
    public String subject(String topic, String recordFullName) {
        return subject(topic, recordFullName, false);
    }

    /** The subject of the keys or the values of a topic. */
    public String subject(String topic, String recordFullName, boolean key) {
        return switch (this) {
            case TOPIC_NAME -> topic + (key ? "-key" : "-value");
            case RECORD_NAME -> recordFullName;
            case TOPIC_RECORD_NAME -> topic + "-" + recordFullName;
        };
    }
}
