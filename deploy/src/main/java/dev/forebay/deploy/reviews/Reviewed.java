package dev.forebay.deploy.reviews;

import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.Result;
import org.jspecify.annotations.Nullable;

/**
 * A result of the review topic.
 *
 * @param key of its record
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it was read, never compared
public record Reviewed(Position position, byte @Nullable [] key, Result result) {
    /** A request of a tenant: one id may be used by two of them. */
    record Id(String tenant, String requestId) {
        static Id of(Result result) {
            return new Id(result.getTenant(), result.getRequestId());
        }
    }
}
