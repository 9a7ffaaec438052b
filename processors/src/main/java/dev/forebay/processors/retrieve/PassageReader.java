package dev.forebay.processors.retrieve;

import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Utf8;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes passages of records. A passage is whole: a record without a place that is asked for is none. */
public final class PassageReader {
    /** Of a key, and of a tenant's name, in UTF-8; the index takes no more than 32,766. */
    private static final int MOST_NAME_BYTES = 4_096;

    private final EventFormat format;
    private final PassageShape shape;
    private final List<Place> columns;

    /** @param columns whose texts are kept */
    public PassageReader(EventFormat format, PassageShape shape, List<Place> columns) {
        this.format = format;
        this.shape = shape;
        this.columns = List.copyOf(columns);
    }

    /**
     * The key of a record as a passage has it.
     *
     * @return where there can be no passage of that key, why
     */
    public static Decoded<String> key(byte[] key) {
        return key.length > MOST_NAME_BYTES
                ? new Decoded.Bad<>(ReasonCode.INVALID_REQUEST, "Its key has over " + MOST_NAME_BYTES + " bytes.")
                : Utf8.decode(key);
    }

    /**
     * The passage of a record.
     *
     * @param value at least one byte
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where the schema cannot be looked up
     */
    public Decoded<Passage> read(String key, byte[] value) {
        return format.parse(value)
                .fold(good -> passage(key, good.value()), bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    private Decoded<Passage> passage(String key, Value value) {
        List<String> texts = new ArrayList<>();
        for (Place column : columns) {
            String text = Place.texts(Map.of("", column), value).get("");
            if (text == null || !Utf8.canEncode(text)) {
                return wrong(column, text == null ? "is " + missing(column, value) : "has half a surrogate pair");
            }
            texts.add(text);
        }
        Place tenant = shape.tenant();
        if (tenant != null && !isName(tenant.in(value))) {
            return wrong(tenant, "has to be the name of a tenant, in at most " + MOST_NAME_BYTES + " bytes");
        }
        return UnitVector.of(shape.vector().in(value), shape.dimensions())
                .fold(
                        vector -> new Decoded.Good<>(new Passage(
                                key, tenant == null ? null : tenant.in(value).printed(), vector.value(), texts)),
                        bad -> wrong(shape.vector(), bad.message()));
    }

    private static String missing(Place place, Value value) {
        return place.in(value).kind().words();
    }

    private static boolean isName(Value found) {
        String name = found.kind().isScalar() ? found.printed() : "";
        // A char is three bytes at most.
        return !name.isBlank() && Utf8.canEncode(name) && name.length() <= MOST_NAME_BYTES / 3;
    }

    private static <T> Decoded<T> wrong(Place place, String what) {
        return new Decoded.Bad<>(ReasonCode.FIELD_MISSING, "The field '" + place.written() + "' " + what + ".");
    }
}
