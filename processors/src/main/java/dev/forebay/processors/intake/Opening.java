package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.serde.Decoded;

/** Takes the data of an event out of what they are sent in. */
interface Opening {
    /** @param value of the event, at least one byte */
    Opened open(Event event, byte[] value, Envelope outer);

    /**
     * The data, in which places are looked up.
     *
     * @param envelope with what was learnt of the event; also where the data cannot be read
     */
    record Opened(Envelope envelope, Decoded<Value> data) {}

    /** The value is the data. */
    record Bare(EventFormat format) implements Opening {
        @Override
        public Opened open(Event event, byte[] value, Envelope outer) {
            return new Opened(outer, format.parse(value));
        }
    }
}
