package dev.forebay.deploy.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of a trial.
 *
 * @param line where it stands in its file, from 1
 * @param timestamp of the record, which is the time of the trial as well; null for the time at which it runs
 * @param outcome what the model is taken to say; null to ask the model
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as they were read, never compared
record TrialEvent(
        long line,
        String topic,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, String> headers,
        @Nullable Instant timestamp,
        @Nullable JsonNode outcome) {}
