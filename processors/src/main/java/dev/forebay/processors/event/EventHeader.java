package dev.forebay.processors.event;

import org.jspecify.annotations.Nullable;

/** One header of a record; a name may appear more than once, and a value may be null. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed on as they came, never compared
public record EventHeader(String name, byte @Nullable [] value) {}
