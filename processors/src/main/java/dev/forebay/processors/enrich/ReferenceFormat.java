package dev.forebay.processors.enrich;

import dev.forebay.processors.format.AvroFormat;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.Notation;
import dev.forebay.processors.format.TextFormat;
import dev.forebay.schemas.serde.Codecs;

/** How the values of a reference topic are written. */
enum ReferenceFormat {
    /** One JSON value; places are JSON pointers. */
    JSON,
    /** Anyone's Avro in the Confluent wire format; places are dotted paths. */
    AVRO,
    /** A text, which is the one attribute. */
    TEXT;

    EventFormat reader(Codecs codecs) {
        return switch (this) {
            case JSON -> new JsonFormat();
            case AVRO -> new AvroFormat(codecs::generic);
            case TEXT -> new TextFormat();
        };
    }

    Notation notation() {
        return switch (this) {
            case JSON -> new Notation.Pointers();
            case AVRO -> new Notation.Paths();
            case TEXT -> new Notation.Whole();
        };
    }
}
