package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.format.AvroFormat;
import dev.forebay.processors.format.CsvFormat;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.TextFormat;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codecs;
import java.time.Instant;
import java.util.Set;

/** Maps the events of one source to requests: what is in an event, not whether it is wanted. */
final class EventMapping {
    private final Source.Stamp stamp;
    private final ValueReader reader;

    private EventMapping(Source.Stamp stamp, ValueReader reader) {
        this.stamp = stamp;
        this.reader = reader;
    }

    /** @param tasks that ready-made requests may name */
    static EventMapping of(Source source, Codecs codecs, Set<String> tasks) {
        return switch (source.form().format()) {
            case JSON -> ofFields(source, new JsonFormat());
            case CSV -> ofFields(source, new CsvFormat(source.form().columns()));
            case TEXT -> ofFields(source, new TextFormat());
            case AVRO -> ofFields(source, new AvroFormat(codecs::generic));
            case REQUEST -> {
                RequestFormat format = new RequestFormat(codecs.of(source.asTopic(), Request.class), tasks);
                yield new EventMapping(source.stamp(), format::read);
            }
        };
    }

    private static EventMapping ofFields(Source source, EventFormat format) {
        FieldMapping fields = new FieldMapping(source.stamp(), source.fields());
        return new EventMapping(source.stamp(), (value, envelope) -> format.parse(value)
                .fold(
                        good -> fields.map(good.value(), envelope),
                        bad -> envelope.refuse(bad.code(), bad.message())));
    }

    /** What is known of an event before its value is read. */
    Envelope envelope(Event event, Instant now) {
        return Envelope.of(event, stamp, now);
    }

    Admission map(Event event, Envelope envelope) {
        byte[] value = event.value();
        if (value == null) {
            return envelope.refuse(
                    ReasonCode.NULL_VALUE, "The record has no value. A request cannot be deleted; send a text.");
        }
        if (value.length == 0) {
            return envelope.refuse(ReasonCode.EMPTY_TEXT, "The value has no bytes. Send a text.");
        }
        return reader.read(value, envelope);
    }

    /** Reads a value of at least one byte. */
    private interface ValueReader {
        Admission read(byte[] value, Envelope envelope);
    }
}
