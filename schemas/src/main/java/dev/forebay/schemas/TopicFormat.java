package dev.forebay.schemas;

/** How the values of a topic are encoded. */
public enum TopicFormat {
    /** Avro in the Confluent wire format: a zero byte, a 4-byte schema id, Avro binary. */
    AVRO,
    /** One JSON object, for readers without a registry. */
    JSON
}
