package dev.forebay.worker.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.infer.ItemOutcome;
import org.junit.jupiter.api.Test;

final class VectorCacheTest {
    private static final int DIMENSION = 384;
    private static final int ENTRY = VectorCache.ENTRY_BYTES + 4 * DIMENSION;

    @Test
    void givesBackWhatWasKept() {
        VectorCache cache = new VectorCache(1 << 20);
        TextOutcome outcome = vector();
        cache.keep(key(1), outcome);

        assertThat(cache.find(key(1))).isSameAs(outcome);
        assertThat(cache.find(key(2))).isNull();
        assertThat(cache.bytes()).isEqualTo(ENTRY);
    }

    @Test
    void keepsToItsBytes() {
        VectorCache cache = new VectorCache(100L * ENTRY);
        for (int i = 0; i < 10_000; i++) {
            cache.keep(key(i), vector());
            assertThat(cache.bytes()).isLessThanOrEqualTo(200L * ENTRY);
        }

        assertThat(cache.bytes()).isLessThanOrEqualTo(100L * ENTRY);
        assertThat(cache.entries()).isBetween(50L, 100L);
    }

    @Test
    void zeroBytesKeepNothing() {
        VectorCache cache = new VectorCache(0);
        cache.keep(key(1), vector());

        assertThat(cache.find(key(1))).isNull();
    }

    @Test
    void failuresAreNotKept() {
        VectorCache cache = new VectorCache(1 << 20);
        cache.keep(key(1), new TextOutcome(new ItemOutcome.Failed(ReasonCode.MODEL_ERROR, "no", false), 3, false));

        assertThat(cache.find(key(1))).isNull();
    }

    private static TextOutcome vector() {
        return new TextOutcome(new ItemOutcome.Encoded(new float[DIMENSION]), 5, false);
    }

    private static ContentKey key(int number) {
        return new ContentKey(number * 0x9e3779b97f4a7c15L, number, 0, 0);
    }
}
