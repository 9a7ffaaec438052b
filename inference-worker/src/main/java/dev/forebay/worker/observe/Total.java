package dev.forebay.worker.observe;

/** What a worker adds up from its start. */
public enum Total {
    /** Texts that went through the model; one request may be several. */
    ITEMS,
    /** Tokens that went through the model, without padding. */
    TOKENS,
    /** Tokens with padding. */
    PADDED_TOKENS,
    /** Time in the model, summed over executors. */
    BUSY_NANOS,
    /** Time that executors were outside the model while a text waited, summed over executors. */
    IDLE_WAITING_NANOS,
    /** Time while a text waited, times the number of executors. */
    WITH_WAITING_NANOS,
    /** Texts whose vector was still there from an earlier pass. */
    CACHE_HITS,
    /** Texts that had to go to the model. */
    CACHE_MISSES,
    /** Texts that waited for the same text of another request, or of their own. */
    COALESCED,
    /** Requests that were given another attempt. */
    RETRIES,
    /** Requests with a result that the broker has. */
    RESULTS,
    /** Records of a share group whose lock was lost. */
    LOCKS_LOST
}
