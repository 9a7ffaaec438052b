package dev.forebay.processors.intake;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.format.BlankText;
import dev.forebay.processors.format.Utf8;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Says which events are wanted: by their size before they are read, by sample, task, text and deadline after. */
final class AdmissionPolicy {
    private final int maxChars;
    private final long maxRecordBytes;
    private final Set<String> stoppedTasks;
    private final Sample sample;

    /** @param maxChars counted in Unicode code points */
    AdmissionPolicy(int maxChars, long maxRecordBytes, Set<String> stoppedTasks, Sample sample) {
        this.maxChars = maxChars;
        this.maxRecordBytes = maxRecordBytes;
        this.stoppedTasks = stoppedTasks;
        this.sample = sample;
    }

    /** Why an event is too large to be read; empty where it is not. */
    Optional<Reason> refuseUnread(Event event) {
        if (event.headers().stream().anyMatch(header -> header.name().equals(Headers.OVERSIZE))) {
            String size = event.header(Headers.OVERSIZE)
                    .filter(AdmissionPolicy::isCount)
                    .map(bytes -> bytes + " bytes")
                    .orElse("more bytes");
            return Optional.of(
                    new Reason(
                            ReasonCode.RECORD_TOO_LARGE,
                            "The record has " + size
                                    + " in its archive, more than the archive reader's limit. Shorten it, or raise the limit."));
        }
        byte[] value = event.value();
        if (value != null && value.length > maxRecordBytes) {
            return Optional.of(new Reason(
                    ReasonCode.RECORD_TOO_LARGE,
                    "The value has " + value.length + " bytes; intake.max-record-bytes allows " + maxRecordBytes
                            + ". Shorten it, or raise the limit."));
        }
        return Optional.empty();
    }

    /** Why a request is not among those that are looked at; empty where it is. */
    Optional<Reason> refuseUnsampled(Request request) {
        return sample.refuse(request);
    }

    /** Why a request is not wanted; empty where it is. */
    Optional<Reason> refuse(Request request, Instant now) {
        if (stoppedTasks.contains(request.getTask())) {
            return Optional.of(new Reason(
                    ReasonCode.TASK_STOPPED,
                    "The task " + request.getTask()
                            + " is stopped by intake.stopped-tasks. Send the request again when it is not."));
        }
        String text = request.getText();
        if (BlankText.is(text)) {
            return Optional.of(
                    new Reason(ReasonCode.EMPTY_TEXT, "The text is empty or white space only. Send a text."));
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxChars) {
            return Optional.of(new Reason(
                    ReasonCode.TEXT_TOO_LONG,
                    "The text has " + length + " characters; intake.max-chars allows " + maxChars
                            + ". Shorten it, or raise the limit."));
        }
        if (!Utf8.canEncode(text)) {
            return Optional.of(new Reason(
                    ReasonCode.INVALID_UTF8,
                    "The text has half a surrogate pair, which UTF-8 cannot hold. Correct the escape in the event."));
        }
        Instant expiresAt = request.getExpiresAt();
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Optional.of(new Reason(
                    ReasonCode.EXPIRED,
                    "The request expired at " + expiresAt
                            + ", before it was read. Send it again with a later expires_at."));
        }
        return Optional.empty();
    }

    private static boolean isCount(String text) {
        return text.length() <= 19 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
