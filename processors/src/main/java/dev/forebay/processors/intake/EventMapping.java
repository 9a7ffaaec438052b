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

/** Maps the events of one source to requests: what is in an event, not whether it is wanted. */
final class EventMapping {
    /** How many times what an event may have all requests together may have that are made of one. */
    private static final int MOST_TIMES = 8;

    private final Source.Stamp stamp;
    private final ValueReader reader;

    private EventMapping(Source.Stamp stamp, ValueReader reader) {
        this.stamp = stamp;
        this.reader = reader;
    }

    static EventMapping of(Source source, IntakeConfig config, Codecs codecs) {
        return switch (source.form().format()) {
            case JSON -> ofFields(source, new JsonFormat(), config);
            case CSV -> ofFields(source, new CsvFormat(source.form().columns()), config);
            case TEXT -> ofFields(source, new TextFormat(), config);
            case AVRO -> ofFields(source, new AvroFormat(codecs::generic), config);
            case REQUEST -> {
                RequestFormat format = new RequestFormat(codecs.of(source.asTopic(), Request.class), config.tasks());
                yield new EventMapping(
                        source.stamp(), (event, value, envelope) -> Taken.whole(format.read(value, envelope)));
            }
        };
    }

    private static EventMapping ofFields(Source source, EventFormat format, IntakeConfig config) {
        FieldMapping fields = new FieldMapping(source.stamp(), source.fields(), MOST_TIMES * config.maxRecordBytes());
        Opening opening = source.form().cloudEvents() ? new CloudEvents(format) : new Opening.Bare(format);
        return new EventMapping(source.stamp(), (event, value, envelope) -> {
            Opening.Opened opened = opening.open(event, value, envelope);
            return opened.data()
                    .fold(
                            good -> fields.map(good.value(), opened.envelope(), event),
                            bad -> Taken.whole(opened.envelope().refuse(bad.code(), bad.message())));
        });
    }

    /** What is known of an event before its value is read. */
    Envelope envelope(Event event, Instant now) {
        return Envelope.of(event, stamp, now);
    }

    Taken map(Event event, Envelope envelope) {
        byte[] value = event.value();
        if (value == null) {
            return Taken.whole(envelope.refuse(
                    ReasonCode.NULL_VALUE, "The record has no value. A request cannot be deleted; send a text."));
        }
        if (value.length == 0) {
            return Taken.whole(envelope.refuse(ReasonCode.EMPTY_TEXT, "The value has no bytes. Send a text."));
        }
        return reader.read(event, value, envelope);
    }

    /** Reads the value of an event, which has at least one byte. */
    private interface ValueReader {
        Taken read(Event event, byte[] value, Envelope envelope);
    }
}
