package dev.forebay.worker.batch;

/**
 * Something that waits for a place in a batch.
 *
 * @param tokens what it costs, as the tokenizer counted; at least 1
 * @param arrivalNanos when it was received, on the clock that the batcher is driven with
 * @param deadlineNanos when it becomes worthless; {@link #NO_DEADLINE} for never
 */
public record Item<T>(T payload, int tokens, long arrivalNanos, long deadlineNanos, Lane lane) {
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    public Item {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens: " + tokens + "; at least 1");
        }
    }

    /** A live item. */
    public Item(T payload, int tokens, long arrivalNanos, long deadlineNanos) {
        this(payload, tokens, arrivalNanos, deadlineNanos, Lane.LIVE);
    }
}
