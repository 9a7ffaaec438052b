package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.serde.Decoded;

/** How the text of a request is made of an event. */
sealed interface TextRule permits TextRule.Field, Template {
    Decoded<String> in(Value event);

    /** A string of the event, as it is. */
    record Field(Place place) implements TextRule {
        @Override
        public Decoded<String> in(Value event) {
            Value found = place.in(event);
            return found.kind() == Value.Kind.TEXT
                    ? new Decoded.Good<>(found.printed())
                    : place.unfit(found, "a string", "text");
        }
    }
}
