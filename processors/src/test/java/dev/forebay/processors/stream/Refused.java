package dev.forebay.processors.stream;

import dev.forebay.processors.event.Event.Position;
import org.assertj.core.api.Assertions;

/** Refusals as a producer would have brought them about. */
public final class Refused {
    private Refused() {}

    /** None yet; of every record it is remembered what it was made of. */
    public static Refusals none() {
        return new Refusals(0);
    }

    /** What was made of an event was too large. */
    public static Refusals by(String topic, int bytes, Position event) {
        Refusals refusals = none();
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
