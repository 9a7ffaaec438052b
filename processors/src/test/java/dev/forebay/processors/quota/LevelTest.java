package dev.forebay.processors.quota;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.quota.Quota.Excess;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    private static final long SEED = 11;

    @Test
    void fullBucketGivesItsBurstAndNoMore() {
        Quota quota = quota(7, Duration.ofMinutes(1), 3);
        Level level = Level.full(quota, NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(level.holdsOne()).isTrue();
            level = level.withOneLess();
        }

        assertThat(level.holdsOne()).isFalse();
        // 60 s / 7 is 8571.43 ms.
        assertThat(level.whenItHoldsOne(quota)).isEqualTo(NOW.plusMillis(8_572));
        assertThat(level.flowed(quota, NOW.plusMillis(8_571)).holdsOne()).isFalse();
        assertThat(level.flowed(quota, NOW.plusMillis(8_572)).holdsOne()).isTrue();
    }

    /** However often it is looked at: what flows in is never rounded. */
    @ParameterizedTest
    @CsvSource({
        "7, 60_000, 3",
        "1, 2_678_400_000, 1",
        "1_000_000_000, 1_000, 1_000_000_000",
        "3, 1_000, 1",
        "999, 86_400_000, 10"
    })
    void givesExactlyWhatHasFlowedIn(int requests, long millis, int burst) {
        Quota quota = quota(requests, Duration.ofMillis(millis), burst);
        Random random = new Random(SEED);
        Level level = Level.full(quota, NOW);
        BigInteger given = BigInteger.ZERO;
        Instant now = NOW;
        Instant fullAt = NOW;
        for (int i = 0; i < 10_000; i++) {
            now = now.plusMillis(
                    random.nextInt(3) == 0
                            ? random.nextInt(20)
                            : random.nextInt((int) Math.min(100_000, millis / requests + 2)));
            level = level.flowed(quota, now);
            if (level.isFull(quota)) {
                fullAt = now;
                given = BigInteger.ZERO;
            }
            while (level.holdsOne() && random.nextInt(4) > 0 && given.bitLength() < 20) {
                level = level.withOneLess();
                given = given.add(BigInteger.ONE);
            }
            BigInteger flowed =
                    BigInteger.valueOf(Duration.between(fullAt, now).toMillis()).multiply(BigInteger.valueOf(requests));
            BigInteger held = BigInteger.valueOf(burst)
                    .subtract(given)
                    .multiply(BigInteger.valueOf(millis))
                    .add(flowed);
            assertThat(BigInteger.valueOf(level.parts()))
                    .as("seed %d, step %d", SEED, i)
                    .isEqualTo(held);
        }
    }

    @Test
    void clockThatIsSetBackLetsNothingFlowIn() {
        Quota quota = quota(1, Duration.ofSeconds(1), 1);
        Level empty = Level.full(quota, NOW).withOneLess();

        Level earlier = empty.flowed(quota, NOW.minusSeconds(3600));

        assertThat(earlier.holdsOne()).isFalse();
        assertThat(earlier.flowed(quota, NOW.plusMillis(999)).holdsOne()).isFalse();
        assertThat(earlier.flowed(quota, NOW.plusMillis(1_000)).holdsOne()).isTrue();
    }

    @Test
    void clockThatLeapsFillsNoMoreThanTheBucket() {
        Quota quota = quota(1_000_000_000, Duration.ofDays(31), 1_000_000_000);

        assertThat(Level.full(quota, NOW).withOneLess().flowed(quota, Instant.ofEpochMilli(Long.MAX_VALUE)))
                .matches(level -> level.isFull(quota))
                .matches(level -> level.parts() == quota.capacity());
    }

    @Test
    void quotaThatIsChangedKeepsTheTokensThatThereAre() {
        Quota minute = quota(60, Duration.ofMinutes(1), 10);
        Level four = Level.full(minute, NOW);
        for (int i = 0; i < 6; i++) {
            four = four.withOneLess();
        }

        Level inHours = four.flowed(quota(60, Duration.ofHours(1), 10), NOW);
        Level bounded = four.flowed(quota(60, Duration.ofHours(1), 2), NOW);

        assertThat(inHours.parts()).isEqualTo(4 * Duration.ofHours(1).toMillis());
        assertThat(bounded.parts()).isEqualTo(2 * Duration.ofHours(1).toMillis());
    }

    private static Quota quota(int requests, Duration per, int burst) {
        return new Quota(requests, per, burst, Excess.REJECT);
    }
}
