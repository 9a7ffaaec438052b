package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class LedgerTest {
    private static final TopicPartition P0 = new TopicPartition("work", 0);
    private static final TopicPartition P1 = new TopicPartition("work", 1);

    private final Ledger ledger = new Ledger(new InFlightBounds(4, 1_000));

    @Test
    void ticketOfAnEarlierAssignmentIsVoid() {
        ledger.assign(P0, 0);
        Ticket stale = ledger.admit(P0, 0, 10);
        ledger.revoke(List.of(P0));
        ledger.assign(P0, 0);
        ledger.admit(P0, 0, 10);

        ledger.settle(stale);

        assertThat(ledger.committable(List.of(P0))).isEmpty();
        assertThat(ledger.records()).isEqualTo(1);
        assertThat(ledger.bytes()).isEqualTo(10);
    }

    @Test
    void committedOffsetsAreNotCommittedAgain() {
        ledger.assign(P0, 5);
        ledger.settle(ledger.admit(P0, 5, 10));

        assertThat(ledger.committable(List.of(P0, P1))).isEqualTo(Map.of(P0, 6L));
        ledger.committed(Map.of(P0, 6L));
        assertThat(ledger.committable(List.of(P0))).isEmpty();
    }

    @Test
    void fullByRecordsOrByBytes() {
        ledger.assign(P0, 0);
        ledger.admit(P0, 0, 1_000);
        assertThat(ledger.full("work")).isTrue();
        ledger.revoke(List.of(P0));
        assertThat(ledger.full("work")).isFalse();

        ledger.assign(P0, 0);
        for (int offset = 0; offset < 4; offset++) {
            assertThat(ledger.full("work")).isFalse();
            ledger.admit(P0, offset, 1);
        }
        assertThat(ledger.full("work")).isTrue();
    }

    @Test
    void fullTopicLeavesRoomInTheOther() {
        TopicPartition bulk = new TopicPartition("bulk", 0);
        ledger.assign(P0, 0);
        ledger.assign(bulk, 0);
        for (int offset = 0; offset < 4; offset++) {
            ledger.admit(bulk, offset, 1);
        }

        assertThat(ledger.full("bulk")).isTrue();
        assertThat(ledger.full("work")).isFalse();
        assertThat(ledger.records()).isEqualTo(4);
        assertThat(ledger.partitions("bulk")).containsExactly(bulk);
        assertThat(ledger.topics()).containsExactlyInAnyOrder("work", "bulk");
    }

    @Test
    void roomComesBackAtHalf() {
        ledger.assign(P0, 0);
        Ticket first = ledger.admit(P0, 0, 1);
        Ticket second = ledger.admit(P0, 1, 1);
        ledger.admit(P0, 2, 1);
        ledger.admit(P0, 3, 1);

        ledger.settle(first);
        assertThat(ledger.roomAgain("work")).isFalse();
        ledger.settle(second);
        assertThat(ledger.roomAgain("work")).isTrue();
    }

    @Test
    void recordsOfPartitionsOfOthersAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.admit(P1, 0, 1))
                .withMessageContaining("work-1");
    }
}
