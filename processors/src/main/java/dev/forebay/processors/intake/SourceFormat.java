package dev.forebay.processors.intake;

/** How the events of a source are written. */
enum SourceFormat {
    /** One JSON value; fields are named by JSON pointer (RFC 6901). */
    JSON,
    /** One RFC 4180 row; fields are named by column. */
    CSV,
    /** The whole value is the text, in UTF-8. */
    TEXT,
    /** Anyone's Avro in the Confluent wire format; fields are named by dotted path. */
    AVRO,
    /** Our own {@link dev.forebay.schemas.record.Request}. */
    REQUEST
}
