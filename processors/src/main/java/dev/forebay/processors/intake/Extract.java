package dev.forebay.processors.intake;

import dev.forebay.schemas.serde.Decoded;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that a format found in one event. An event whose text is missing still tells its id and
 * attributes, so that its dead letter can be found again.
 */
record Extract(Decoded<String> text, @Nullable String id, Map<String, String> attributes) {}
