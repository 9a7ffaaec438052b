package dev.forebay.processors.format;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where something stands in an event.
 *
 * @param written as the configuration has it
 * @param names that lead there, from the whole value down
 */
public record Place(String written, List<String> names) {
    /** The whole value. */
    public static final Place WHOLE = new Place("", List.of());

    public Value in(Value root) {
        Value value = root;
        for (String name : names) {
            value = value.child(name);
        }
        return value;
    }

    /** What stands at places, by their names, as far as it has a text form; bytes have none. */
    public static Map<String, String> texts(Map<String, Place> places, Value root) {
        Map<String, String> texts = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            Value found = place.in(root);
            if (!found.kind().isNothing() && found.kind() != Value.Kind.BYTES) {
                texts.put(name, found.printed());
            }
        });
        return texts;
    }

    /** The refusal of an event that has something else here than it should have. */
    public <T> Decoded.Bad<T> unfit(Value found, String needed, String key) {
        String problem = found.kind().words() + (found.kind().isNothing() ? "" : ", and has to be " + needed);
        return new Decoded.Bad<>(
                ReasonCode.FIELD_MISSING,
                "The field '" + written + "' is " + problem + ". Correct the event, or the source's key " + key + ".");
    }
}
