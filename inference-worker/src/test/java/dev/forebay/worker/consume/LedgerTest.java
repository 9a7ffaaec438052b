package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collection;
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

        settle(stale);

        assertThat(offsets(List.of(P0))).isEmpty();
        assertThat(ledger.records()).isEqualTo(1);
        assertThat(ledger.bytes()).isEqualTo(10);
    }

    @Test
    void committedOffsetsAreNotCommittedAgain() {
        ledger.assign(P0, 5);
        settle(ledger.admit(P0, 5, 10));

        assertThat(offsets(List.of(P0, P1))).isEqualTo(Map.of(P0, 6L));
        ledger.committed(Map.of(P0, 6L));
        assertThat(offsets(List.of(P0))).isEmpty();
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

        settle(first);
        assertThat(ledger.roomAgain("work")).isFalse();
        settle(second);
        assertThat(ledger.roomAgain("work")).isTrue();
    }

    @Test
    void recordsOfPartitionsOfOthersAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.admit(P1, 0, 1))
                .withMessageContaining("work-1");
    }

    @Test
    void unsentTerminalsGoOutInTheOrderOfTheirInputs() {
        ledger.assign(P0, 0);
        List<Ticket> tickets = new ArrayList<>();
        for (int offset = 0; offset < 4; offset++) {
            tickets.add(ledger.admit(P0, offset, 10));
        }
        settle(tickets.get(2), new Unsent("c", 1));
        settle(tickets.get(1), new Unsent("b", 1));
        assertThat(ledger.commit(List.of(P0)).isEmpty()).isTrue();

        settle(tickets.get(0), new Unsent("a", 1));

        Commit commit = ledger.commit(List.of(P0));
        assertThat(commit.offsets()).isEqualTo(Map.of(P0, 3L));
        assertThat(commit.terminals()).extracting(Object::toString).containsExactly("a", "b", "c");
    }

    @Test
    void unsentTerminalsCountUntilTheyAreCommitted() {
        ledger.assign(P0, 0);
        settle(ledger.admit(P0, 0, 10), new Unsent("a", 600));
        settle(ledger.admit(P0, 1, 10), new Unsent("b", 600));
        assertThat(ledger.records()).isZero();
        assertThat(ledger.bytes()).isEqualTo(1_200);
        assertThat(ledger.full("work")).isTrue();

        ledger.committed(Map.of(P0, 1L));
        assertThat(ledger.bytes()).isEqualTo(600);
        assertThat(ledger.commit(List.of(P0)).terminals())
                .extracting(Object::toString)
                .containsExactly("b");

        ledger.revoke(List.of(P0));
        assertThat(ledger.bytes()).isZero();
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions) {
        return ledger.commit(partitions).offsets();
    }

    private void settle(Ticket ticket) {
        ledger.settle(new Done(ticket, null));
    }

    private void settle(Ticket ticket, UnsentTerminal terminal) {
        ledger.settle(new Done(ticket, terminal));
    }

    private record Unsent(String name, int bytes) implements UnsentTerminal {
        @Override
        public String toString() {
            return name;
        }
    }
}
