package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(3));

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 3000", "1000000, 3000"})
    void pausesFillTheirWholeRangeAndGoNotBeyond(int tried, long mostMillis) {
        Random random = new Random(1);
        List<Long> millis = IntStream.range(0, 2_000)
                .mapToLong(i -> policy.pause(tried, random).toMillis())
                .boxed()
                .toList();

        assertThat(millis).allMatch(pause -> pause >= 0 && pause <= mostMillis);
        assertThat(millis).anyMatch(pause -> pause < mostMillis / 10).anyMatch(pause -> pause > mostMillis * 9 / 10);
    }

    @Test
    void attemptsOfAnEarlierLifeCount() {
        assertThat(policy.another(4)).isTrue();
        assertThat(policy.another(5)).isFalse();
        assertThat(policy.another(1_000_000)).isFalse();
    }

    @Test
    void longestMayBeShorterThanFirst() {
        RetryPolicy impatient = new RetryPolicy(5, Duration.ofSeconds(5), Duration.ZERO);

        assertThat(impatient.pause(1, new Random(1))).isZero();
    }
}
