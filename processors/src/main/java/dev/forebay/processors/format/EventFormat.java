package dev.forebay.processors.format;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.nio.charset.StandardCharsets;

/** Reads events of one format. Never throws for bad bytes, whatever they are. Safe for use by several threads. */
public interface EventFormat {
    /** @param value at least one byte */
    Decoded<Value> parse(byte[] value);

    /** Reads an event that is part of a JSON value: there it is a string, unless it is JSON itself. */
    default Decoded<Value> parseWithin(Value json) {
        return json.kind() == Value.Kind.TEXT
                ? parse(json.printed().getBytes(StandardCharsets.UTF_8))
                : new Decoded.Bad<>(
                        ReasonCode.MALFORMED,
                        "The data is " + json.kind().words() + ", and has to be a string for the source's format.");
    }
}
