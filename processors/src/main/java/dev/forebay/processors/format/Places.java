package dev.forebay.processors.format;

import dev.forebay.schemas.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads places out of a configuration, and notes those that values of the topic cannot have. */
public final class Places {
    private final Notation notation;

    public Places(Notation notation) {
        this.notation = notation;
    }

    public Notation notation() {
        return notation;
    }

    /** The place that has to be there; the whole value where it is absent, or wrong and noted. */
    public Place required(Section owner, String key) {
        boolean whole = notation.objection("").isEmpty();
        // The notation may have an empty place, which is not the same as none.
        String written = whole && owner.has(key) && owner.string(key, "").isEmpty()
                ? ""
                : owner.requiredString(key, notation.example());
        return written.isEmpty() ? Place.WHOLE : checked(owner, key, written);
    }

    /** Null where the key is absent. */
    public @Nullable Place optional(Section owner, String key) {
        String written = owner.optionalString(key);
        return written == null ? null : checked(owner, key, written);
    }

    /** Each key of a section with the place that is its value. */
    public Map<String, Place> named(Section owner) {
        Map<String, Place> places = new LinkedHashMap<>();
        owner.keys().forEach(name -> places.put(name, required(owner, name)));
        return places;
    }

    private Place checked(Section owner, String key, String written) {
        return notation.objection(written)
                .map(objection -> {
                    owner.problem(key, objection.allowed(), objection.fix());
                    return Place.WHOLE;
                })
                .orElseGet(() -> notation.place(written));
    }
}
