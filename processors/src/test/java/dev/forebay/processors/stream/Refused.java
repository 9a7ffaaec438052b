package dev.forebay.processors.stream;

import dev.forebay.processors.event.Event.Position;
import org.assertj.core.api.Assertions;

/** Refusals as a producer would have brought them about. */
public final class Refused {
    private Refused() {}

    /** What was made of an event was too large. */
    public static Refusals by(String topic, int bytes, Position event) {
        Refusals refusals = new Refusals();
        byte[] made = new byte[bytes];
        refusals.departed(made, event, 0, new Thread());
        note(refusals, made, topic);
        return refusals;
    }

    /** A record that has left a topology was too large for its topic. */
    public static void note(Refusals refusals, byte[] value, String topic) {
        Assertions.assertThat(refusals.note(value, topic)).isPresent();
    }
}
