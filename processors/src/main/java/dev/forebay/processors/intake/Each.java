package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.Map;

/**
 * The array of an event of which every element becomes a request.
 *
 * @param limit the most elements
 * @param ofEvent attributes that are looked up in the whole event
 */
record Each(Place at, int limit, Map<String, Place> ofEvent) {
    /** The array; refused where there is none, or one that has no element or too many. */
    Decoded<Value> array(Value event) {
        Value found = at.in(event);
        if (found.kind() != Value.Kind.ARRAY) {
            return at.unfit(found, "an array", "each");
        }
        if (found.size() == 0) {
            return new Decoded.Bad<>(
                    ReasonCode.EMPTY_TEXT,
                    "The array '" + at.written() + "' has no element. Send one element at least.");
        }
        return found.size() > limit
                ? new Decoded.Bad<>(
                        ReasonCode.RECORD_TOO_LARGE,
                        "The array '" + at.written() + "' has " + found.size()
                                + " elements; the source's each-limit allows " + limit
                                + ". Divide the event, or raise the limit.")
                : new Decoded.Good<>(found);
    }
}
