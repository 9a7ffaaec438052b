package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with places in it, at which strings, numbers and booleans of an event are put. Its length is bounded before it is
 * built.
 *
 * @param maxChars counted in Unicode code points
 */
record Template(List<Piece> pieces, int maxChars) implements TextRule {
    /** Literal text, or a place. */
    sealed interface Piece permits Literal, Hole {
        Decoded<String> in(Value event);
    }

    record Literal(String text) implements Piece {
        @Override
        public Decoded<String> in(Value event) {
            return new Decoded.Good<>(text);
        }
    }

    /** @param optional empty where nothing is there, which else refuses the event */
    record Hole(Place place, boolean optional) implements Piece {
        @Override
        public Decoded<String> in(Value event) {
            Value found = place.in(event);
            if (found.kind().isScalar()) {
                return new Decoded.Good<>(found.printed());
            }
            return optional && found.kind().isNothing()
                    ? new Decoded.Good<>("")
                    : place.unfit(found, "a string, number or boolean", "template");
        }
    }

    @Override
    public Decoded<String> in(Value event) {
        List<String> texts = new ArrayList<>();
        long length = 0;
        for (Piece piece : pieces) {
            Decoded<String> text = piece.in(event);
            if (!(text instanceof Decoded.Good<String> good)) {
                return text;
            }
            texts.add(good.value());
            length += good.value().length();
        }
        // A code point is one or two chars. What lies between the two bounds is counted with every other text.
        return length > 2L * maxChars
                ? new Decoded.Bad<>(
                        ReasonCode.TEXT_TOO_LONG,
                        "The text of the template has over " + maxChars
                                + " characters; intake.max-chars allows no more. Shorten it, or raise the limit.")
                : new Decoded.Good<>(String.join("", texts));
    }
}
