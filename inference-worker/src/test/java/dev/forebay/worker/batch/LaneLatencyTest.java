package dev.forebay.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a back-fill costs those who wait, and what they leave it, on executors in virtual time. */
final class LaneLatencyTest {
    private static final BatchPolicy POLICY = new BatchPolicy(1024, 64, 512, 8, 0);
    private static final int SECONDS = 60;

    @ParameterizedTest
    @CsvSource({"1, 0.02", "1, 0.1", "1, 0.2", "1, 0.5", "1, 0.8", "2, 0.02", "2, 0.1", "2, 0.2", "2, 0.5", "2, 0.8"})
    void liveWaitsForAtMostOneBulkBatchMoreThanTwiceAsLongAsAlone(int executors, double load) {
        new Comparison(executors, load, Lane.BULK).check();
    }

    @Test
    void checkerSeesABackFillInTheLiveLane() {
        assertThatThrownBy(() -> new Comparison(2, 0.1, Lane.LIVE).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("live p99");
    }

    /** Live alone, bulk alone, and both. */
    private static final class Comparison {
        private final VirtualDevice alone;
        private final VirtualDevice both;
        private final VirtualDevice bulkAlone;

        Comparison(int executors, double load, Lane bulkLane) {
            double capacity = device(executors, true, Lane.BULK).run(10, 0).itemsPerSecond();
            bulkAlone = device(executors, true, Lane.BULK).run(SECONDS, 0);
            alone = device(executors, false, Lane.BULK).run(SECONDS, load * capacity);
            both = device(executors, true, bulkLane).run(SECONDS, load * capacity);
        }

        void check() {
            double oneBatch = VirtualDevice.millis(POLICY.maxPaddedTokens());
            assertThat(both.liveP99Millis()).as("live p99").isLessThan(2 * alone.liveP99Millis() + oneBatch);
            assertThat(both.bulkShare()).as("bulk share").isGreaterThan(LanePolicy.DEFAULT.bulkShare() - 0.01);
            double left = (1 - alone.utilisation()) * bulkAlone.itemsPerSecond();
            assertThat(both.itemsPerSecond())
                    .as("live and what bulk can do in the time that live leaves")
                    .isGreaterThan(0.97 * (alone.itemsPerSecond() + left));
        }

        private static VirtualDevice device(int executors, boolean bulk, Lane bulkLane) {
            return new VirtualDevice(new Batcher<>(POLICY), executors, bulk, bulkLane, 7);
        }
    }
}
