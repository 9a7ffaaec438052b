package dev.forebay.deploy.quickstart;

import org.jspecify.annotations.Nullable;

/**
 * One record of the input at its end.
 *
 * @param record its index in the input, from 0
 * @param line the JSON object for the output file, UTF-8, without a line end
 * @param label of a classification
 * @param expected the label that a person gave, where the input has one
 * @param code why there is no result
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Ending(
        long record,
        Status status,
        byte[] line,
        @Nullable String label,
        @Nullable String expected,
        @Nullable String code) {}
