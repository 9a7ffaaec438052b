package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Utf8;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.serde.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * Whose the requests of an event are.
 *
 * @param at where the event names the tenant; null where no event does
 * @param name of the tenant where the event names none; null where it has to
 */
record Tenant(@Nullable Place at, @Nullable String name) {
    static final Tenant DEFAULT = new Tenant(null, "default");

    /** What a record names whose tenant is not known yet. */
    String unread() {
        return name == null ? "unknown" : name;
    }

    Decoded<String> of(Value event) {
        Value found = at == null ? Value.ABSENT : at.in(event);
        String given = found.kind().isScalar() ? found.printed() : "";
        if (!given.isBlank() && Utf8.canEncode(given)) {
            return new Decoded.Good<>(given);
        }
        // Anything but nothing is a mistake, which must not make the event another tenant's.
        boolean nothing = found.kind().isNothing() || (found.kind() == Value.Kind.TEXT && given.isEmpty());
        return at == null || (name != null && nothing)
                ? new Decoded.Good<>(unread())
                : at.unfit(found, "the name of a tenant", "tenant-from");
    }
}
