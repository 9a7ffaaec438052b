package dev.forebay.processors.intake;

import dev.forebay.schemas.serde.Decoded;

/** Reads the configured fields out of events of one format. Never throws for bad bytes, whatever they are. */
interface EventFormat {
    /** @param value at least one byte */
    Decoded<Extract> read(byte[] value);
}
