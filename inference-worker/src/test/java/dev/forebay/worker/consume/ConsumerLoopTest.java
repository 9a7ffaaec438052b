package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsumerLoopTest {
    private static final TopicPartition P0 = new TopicPartition("work", 0);
    private static final int BOUND = 8;
    private static final int POLLED = 2;

    private final Source source = new Source();
    private final Queue<Ticket> out = new ArrayDeque<>();
    private final Queue<Ticket> acknowledged = new ArrayDeque<>();
    private final long[] clock = {0};
    private final ConsumerLoop loop = new ConsumerLoop(
            source,
            (record, ticket) -> out.add(ticket),
            acknowledged,
            new InFlightBounds(BOUND, 1_000_000),
            Duration.ofSeconds(1),
            () -> clock[0]);

    @BeforeEach
    void assign() {
        loop.assigned(Map.of(P0, 0L));
    }

    @Test
    void commitsOnItsCadence() {
        turn();
        acknowledged.addAll(out);

        turn();
        assertThat(source.commits).isEmpty();
        clock[0] += Duration.ofSeconds(1).toNanos();
        turn();
        assertThat(source.commits).containsExactly(Map.of(P0, (long) POLLED));
    }

    @Test
    void commitsBeforeItsTimeWhereMuchHasBeenAnswered() {
        answerAll(40);

        assertThat(source.commits).isNotEmpty();
        assertThat(source.position - source.committed).isLessThanOrEqualTo(BOUND + POLLED);
    }

    @Test
    void oneCommitAtATime() {
        source.answersCommits = false;

        answerAll(10);

        assertThat(source.commits).hasSize(1);
    }

    @Test
    void readsNoFurtherThanItsBoundBeyondWhatIsCommitted() {
        turn();
        Ticket stuck = out.remove();

        answerAll(100);

        assertThat(source.position).isLessThanOrEqualTo(Ledger.READ_AHEAD * BOUND + POLLED);
        assertThat(loop.waitsForRoom()).isTrue();

        acknowledged.add(stuck);
        long before = source.position;
        answerAll(100);
        assertThat(source.position).isGreaterThan(before + BOUND);
    }

    @Test
    void commitsThatFailHoldReadingBackUntilOneDoesNot() {
        source.answersCommits = false;
        answerAll(100);
        assertThat(source.position).isLessThanOrEqualTo(Ledger.READ_AHEAD * BOUND + POLLED);

        source.answersCommits = true;
        clock[0] += Duration.ofSeconds(1).toNanos();
        answerAll(100);
        assertThat(source.position).isGreaterThan(2 * Ledger.READ_AHEAD * BOUND);
    }

    private void answerAll(int turns) {
        for (int i = 0; i < turns; i++) {
            turn();
            acknowledged.addAll(out);
            out.clear();
        }
    }

    private void turn() {
        loop.turn(Duration.ZERO);
    }

    /** An endless partition, and a broker that answers commits at once or never. */
    private static final class Source implements RecordSource {
        private final List<Map<TopicPartition, Long>> commits = new ArrayList<>();
        private final Set<TopicPartition> paused = new HashSet<>();
        private boolean answersCommits = true;
        private long position;
        private long committed;

        @Override
        public Polled poll(Duration timeout) {
            List<InputRecord> records = new ArrayList<>();
            while (paused.isEmpty() && records.size() < POLLED) {
                records.add(new InputRecord(P0, position++, 0, null, new byte[1], new RecordHeaders(), 0));
            }
            return new Polled(records, Map.of(P0, position));
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {
            paused.addAll(partitions);
        }

        @Override
        public void resume(Collection<TopicPartition> partitions) {
            paused.removeAll(partitions);
        }

        @Override
        public void commitAsync(Map<TopicPartition, Long> offsets, Consumer<Map<TopicPartition, Long>> told) {
            commits.add(offsets);
            if (answersCommits) {
                offsets.forEach((partition, offset) -> committed = offset);
                told.accept(offsets);
            }
        }

        @Override
        public void commitSync(Map<TopicPartition, Long> offsets) {
            throw new AssertionError("not asked for here");
        }
    }
}
