package dev.forebay.processors.event;

import dev.forebay.schemas.record.Request;
import java.util.Map;

/** A request with another text and other attributes; all else stays. */
public final class Reworded {
    private Reworded() {}

    public static Request of(Request request, String text, Map<String, String> attributes) {
        return new Request(
                request.getRequestId(),
                request.getTask(),
                request.getTenant(),
                text,
                attributes,
                request.getLane(),
                request.getIssuedAt(),
                request.getExpiresAt());
    }
}
