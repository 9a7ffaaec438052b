package dev.forebay.processors.format;

import dev.forebay.schemas.serde.Decoded;

/** An event that is all text. */
public final class TextFormat implements EventFormat {
    @Override
    public Decoded<Value> parse(byte[] value) {
        return Utf8.decode(value)
                .fold(
                        good -> new Decoded.Good<>(new TextValue(good.value())),
                        bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }
}
