package dev.forebay.processors.quota;

import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.ReasonCode;
import java.time.Instant;

/**
 * That a tenant has used up its quota.
 *
 * @param until when one more request is within it
 */
public record Shortage(Quota quota, Instant until) {
    public Reason reason() {
        return new Reason(
                ReasonCode.QUOTA_EXCEEDED,
                "The quota of this tenant, " + quota.requests() + " requests in "
                        + quota.per().toMillis() / 1000.0 + " s and at most " + quota.burst()
                        + " at once, is used up until " + until
                        + ". Send the request again then, or raise intake.quota.");
    }

    /** Whether the request goes on as bulk. */
    public boolean allowsBulk() {
        return quota.excess() == Quota.Excess.BULK;
    }
}
