package dev.forebay.processors.stream;

import dev.forebay.processors.event.Event.Position;
import org.assertj.core.api.Assertions;

/** Refusals as a producer would have brought them about. */
public final class Refused {
    private Refused() {}

    /** What was made of an event was too large. */
    public static Refusals by(String topic, int bytes, Position event) {
        return by(topic, bytes, event, 0);
    }

    /** @param index among all that was made of the event */
    public static Refusals by(String topic, int bytes, Position event, int index) {
        Refusals refusals = new Refusals();
        byte[] made = new byte[bytes];
        refusals.departed(made, event, index, new Thread());
        Assertions.assertThat(refusals.note(made, topic)).contains(event);
        return refusals;
    }
}
