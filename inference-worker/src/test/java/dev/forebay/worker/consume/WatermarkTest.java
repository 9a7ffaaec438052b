package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatermarkTest {
    @Test
    void staysBelowTheFirstRecordThatIsNotDone() {
        Watermark watermark = new Watermark(10);
        watermark.track(10);
        watermark.track(11);
        watermark.track(15);

        assertThat(watermark.done(11)).isFalse();
        assertThat(watermark.committable()).isEqualTo(10);
        assertThat(watermark.done(10)).isTrue();
        assertThat(watermark.committable()).isEqualTo(15);
        assertThat(watermark.done(15)).isTrue();
        assertThat(watermark.committable()).isEqualTo(16);
    }

    @Test
    void movesOverOffsetsWithoutRecords() {
        Watermark watermark = new Watermark(0);
        watermark.track(0);
        watermark.moveTo(3);
        watermark.done(0);

        assertThat(watermark.committable()).isEqualTo(3);
    }

    @Test
    void sameRecordDoneTwiceIsHarmless() {
        Watermark watermark = new Watermark(0);
        watermark.track(0);
        watermark.track(1);

        watermark.done(0);
        assertThat(watermark.done(0)).isFalse();
        assertThat(watermark.committable()).isEqualTo(1);
    }

    @Test
    void offsetsThatDoNotRiseAreRefused() {
        Watermark watermark = new Watermark(5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> watermark.track(4))
                .withMessageContaining("offset 4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithANaiveOne(long seed) {
        Random random = new Random(seed);
        Watermark watermark = new Watermark(0);
        TreeMap<Long, Boolean> naive = new TreeMap<>();
        List<Long> open = new ArrayList<>();
        long next = 0;
        for (int step = 0; step < 20_000; step++) {
            if (open.isEmpty() || random.nextInt(100) < 51) {
                next += random.nextInt(10) == 0 ? random.nextInt(5) : 0;
                watermark.track(next);
                naive.put(next, false);
                open.add(next++);
            } else {
                long offset = open.remove(random.nextInt(open.size()));
                watermark.done(offset);
                naive.put(offset, true);
            }
            assertThat(watermark.committable())
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(expected(naive, next));
        }
    }

    private static long expected(NavigableMap<Long, Boolean> naive, long next) {
        while (!naive.isEmpty() && naive.firstEntry().getValue()) {
            naive.pollFirstEntry();
        }
        return naive.isEmpty() ? next : naive.firstKey();
    }
}
