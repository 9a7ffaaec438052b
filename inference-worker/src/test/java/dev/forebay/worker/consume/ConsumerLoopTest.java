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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsumerLoopTest {
    private static final TopicPartition P0 = new TopicPartition("work", 0);
    private static final int BOUND = 8;
    private static final int POLLED = 2;

    private final Source source = new Source();
    private final Queue<Ticket> out = new ArrayDeque<>();
    private final Queue<Done> acknowledged = new ArrayDeque<>();
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
        out.forEach(this::acknowledge);

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
    void terminalRecordsThatWaitForNothingElseDoNotWaitForTheCadence() {
        turn();
        Ticket slow = out.remove();
        out.forEach(ticket -> acknowledged.add(new Done(ticket, () -> 1)));
        out.clear();
        turn();
        assertThat(source.commits).isEmpty();

        out.forEach(ticket -> acknowledged.add(new Done(ticket, () -> 1)));
        acknowledged.add(new Done(slow, () -> 1));
        turn();
        assertThat(source.commits).containsExactly(Map.of(P0, 2L * POLLED));
    }

    @Test
    void oneCommitAtATime() {
        source.end = null;

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

        acknowledge(stuck);
        long before = source.position;
        answerAll(100);
        assertThat(source.position).isGreaterThan(before + BOUND);
    }

    @Test
    void commitsThatFailHoldReadingBackUntilOneDoesNot() {
        source.end = Commit.End.FAILED;
        answerAll(100);
        assertThat(source.position).isLessThanOrEqualTo(Ledger.READ_AHEAD * BOUND + POLLED);

        source.end = Commit.End.COMMITTED;
        clock[0] += Duration.ofSeconds(1).toNanos();
        answerAll(100);
        assertThat(source.position).isGreaterThan(2 * Ledger.READ_AHEAD * BOUND);
    }

    @Test
    void aFailedTransactionReadsAgainAndVoidsWhatWasInFlight() {
        turn();
        turn();
        Ticket stale = out.remove();
        out.forEach(this::acknowledge);
        out.clear();
        acknowledge(stale);
        source.end = Commit.End.READ_AGAIN;
        clock[0] += Duration.ofSeconds(1).toNanos();
        turn();
        assertThat(source.commits).hasSize(1);

        source.end = Commit.End.COMMITTED;
        source.answersRewinds = false;
        turn();
        assertThat(source.rewinds).isEqualTo(1);
        assertThat(source.commits).hasSize(1);

        source.answersRewinds = true;
        out.clear();
        turn();
        assertThat(out).first().extracting(Ticket::offset).isEqualTo(0L);
        acknowledge(stale);
        clock[0] += Duration.ofSeconds(1).toNanos();
        turn();
        assertThat(source.commits).hasSize(1);
    }

    private void acknowledge(Ticket ticket) {
        acknowledged.add(new Done(ticket, null));
    }

    private void answerAll(int turns) {
        for (int i = 0; i < turns; i++) {
            turn();
            out.forEach(this::acknowledge);
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
        /** How commits end; null where they do not. */
        private Commit.@Nullable End end = Commit.End.COMMITTED;

        private boolean answersRewinds = true;
        private int rewinds;
        private long position;
        private long committed;

        @Override
        public Polled poll(Duration timeout) {
            List<InputRecord> records = new ArrayList<>();
            while (paused.isEmpty() && records.size() < POLLED) {
                records.add(new InputRecord(P0, position++, 0, null, new byte[1], new RecordHeaders(), 0, 1));
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
        public void commitAsync(Commit commit, Consumer<Commit.End> told) {
            commits.add(commit.offsets());
            told(told);
        }

        private void told(Consumer<Commit.End> told) {
            if (end != null) {
                if (end == Commit.End.COMMITTED) {
                    commits.get(commits.size() - 1).forEach((partition, offset) -> committed = offset);
                }
                told.accept(end);
            }
        }

        @Override
        public void commitSync(Commit commit, Consumer<Commit.End> told) {
            commitAsync(commit, told);
        }

        @Override
        public void finishCommit() {}

        @Override
        public Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts) {
            rewinds++;
            if (!answersRewinds) {
                return Map.of();
            }
            position = committed;
            return Map.of(P0, committed);
        }
    }
}
