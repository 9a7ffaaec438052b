package dev.forebay.processors.digest;

import dev.forebay.processors.event.Sha256;
import dev.forebay.processors.format.Utf8;
import dev.forebay.schemas.record.Request;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the requests of a group have in common besides their tenant. */
sealed interface Grouping permits Grouping.ByNothing, Grouping.ByKey, Grouping.ByAttribute {
    Grouping NONE = new ByNothing();

    /** Longer values are cut, and told apart by a hash. */
    int MOST_CHARS = 100;

    /** Empty where the request has none. */
    Optional<String> value(Request request, byte @Nullable [] key);

    /** All requests of a tenant are one group. */
    record ByNothing() implements Grouping {
        @Override
        public Optional<String> value(Request request, byte @Nullable [] key) {
            return Optional.empty();
        }
    }

    /** The key of the record; one that is no UTF-8 is written as hex digits. */
    record ByKey() implements Grouping {
        @Override
        public Optional<String> value(Request request, byte @Nullable [] key) {
            return Optional.ofNullable(key)
                    .map(bytes -> bounded(Utf8.decode(bytes)
                            .fold(
                                    good -> good.value(),
                                    bad -> "0x" + HexFormat.of().formatHex(bytes))));
        }
    }

    record ByAttribute(String name) implements Grouping {
        @Override
        public Optional<String> value(Request request, byte @Nullable [] key) {
            return Optional.ofNullable(request.getAttributes().get(name)).map(Grouping::bounded);
        }
    }

    private static String bounded(String value) {
        if (value.length() <= MOST_CHARS) {
            return value;
        }
        byte[] hash = Sha256.of(value.getBytes(StandardCharsets.UTF_8));
        return Texts.first(value, MOST_CHARS) + "~" + HexFormat.of().formatHex(hash, 0, 8);
    }
}
