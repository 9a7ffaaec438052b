package dev.forebay.processors.intake;

import dev.forebay.schemas.serde.Decoded;
import java.util.Map;

/** An event that is all text. */
final class TextFormat implements EventFormat {
    @Override
    public Decoded<Extract> read(byte[] value) {
        return Utf8.decode(value)
                .fold(
                        text -> new Decoded.Good<>(new Extract(text, null, Map.of())),
                        bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }
}
