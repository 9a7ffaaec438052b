package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The consumer as the loop needs it. Poll thread only. */
public interface RecordSource {
    /** Reads on; calls the {@link RebalanceListener} within. Records of one partition come in offset order. */
    Polled poll(Duration timeout);

    /**
     * What one poll gave.
     *
     * @param next per partition, where reading goes on: above the last record where control records follow it
     */
    record Polled(List<InputRecord> records, Map<TopicPartition, Long> next) {}

    /** Reads nothing of these partitions until {@link #resume}; polling stays alive. */
    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);

    /** Begins a commit, one at a time; {@code ended} is told on the poll thread, once. */
    void commitAsync(Commit commit, Consumer<Commit.End> ended);

    /** The same, and waits for its end, bounded in time; where that was too short, {@code ended} is told later. */
    void commitSync(Commit commit, Consumer<Commit.End> ended);

    /** Waits, bounded in time, for the end of the commit that was begun. */
    void finishCommit();

    /**
     * Reads partitions again, from what is committed.
     *
     * @param starts where to begin with those of which nothing is
     * @return where reading goes on; empty where no broker answers, so that it has to be tried again
     */
    Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts);

    /** Told of rebalances, on the poll thread. */
    interface RebalanceListener {
        /** @param positions where reading starts, per partition */
        void assigned(Map<TopicPartition, Long> positions);

        /** Partitions that another worker will read next; they may still be committed. */
        void revoked(Collection<TopicPartition> partitions);

        /** Partitions that another worker may be reading already; nothing can be committed. */
        void lost(Collection<TopicPartition> partitions);
    }
}
