package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryLimitTest {
    @ParameterizedTest
    @CsvSource({"4, 2", "5, 2", "6, 3", "10, 5"})
    void recordIsNotRunAnyMoreWhenHalfOfItsDeliveriesAreUsedUp(int limit, int dead) {
        DeliveryLimit deliveries = new DeliveryLimit(limit);

        assertThat(deliveries.exhausted(record(dead))).isTrue();
        assertThat(deliveries.exhausted(record(dead - 1))).isFalse();
        assertThat(dead - 1 + DeliveryLimit.CONSUMERS - 1)
                .as("it outlives the process that runs it")
                .isLessThan(limit);
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "5, 3", "6, 4", "8, 6", "10, 8"})
    void runThatHasBegunIsWaitedForUntilADyingProcessWouldUseUpTheRest(int limit, int dead) {
        DeliveryLimit deliveries = new DeliveryLimit(limit);

        assertThat(deliveries.exhaustedWhileItRuns(record(dead))).isTrue();
        assertThat(deliveries.exhaustedWhileItRuns(record(dead - 1))).isFalse();
        assertThat(dead - 1 + DeliveryLimit.CONSUMERS - 1).isLessThan(limit);
    }

    private static InputRecord record(int delivery) {
        return new InputRecord(
                new TopicPartition("work", 0), 0, 0, null, new byte[1], new RecordHeaders(), 0, delivery);
    }
}
