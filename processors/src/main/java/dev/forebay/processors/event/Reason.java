package dev.forebay.processors.event;

import dev.forebay.schemas.ReasonCode;

/**
 * Why a record went no further.
 *
 * @param message what was wrong and how to mend it, without the payload
 */
public record Reason(ReasonCode code, String message) {}
