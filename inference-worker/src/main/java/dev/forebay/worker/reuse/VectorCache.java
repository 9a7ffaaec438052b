package dev.forebay.worker.reuse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.forebay.worker.infer.ItemOutcome;
import org.jspecify.annotations.Nullable;

/** The vectors of texts that were encoded, within a bound on their bytes. Failures are not kept. */
public final class VectorCache {
    /** Of an entry without its floats: key, outcome, array header and the cache's own nodes, as measured on a heap. */
    static final int ENTRY_BYTES = 192;

    private final Cache<ContentKey, TextOutcome> kept;
    private final boolean on;

    /** @param maxBytes 0 to keep nothing */
    public VectorCache(long maxBytes) {
        this.on = maxBytes > 0;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<ContentKey, TextOutcome>weigher((key, outcome) -> bytes(outcome))
                // the upkeep is short, and a pool of threads would only take turns with the model's
                .executor(Runnable::run)
                .build();
    }

    public @Nullable TextOutcome find(ContentKey key) {
        return on ? kept.getIfPresent(key) : null;
    }

    public void keep(ContentKey key, TextOutcome outcome) {
        if (on && outcome.outcome() instanceof ItemOutcome.Encoded) {
            kept.put(key, outcome);
        }
    }

    public long entries() {
        return kept.estimatedSize();
    }

    /** What the entries take, about. */
    public long bytes() {
        return kept.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    private static int bytes(TextOutcome outcome) {
        return outcome.outcome()
                .fold(encoded -> ENTRY_BYTES + Float.BYTES * encoded.vector().length, failed -> ENTRY_BYTES);
    }
}
