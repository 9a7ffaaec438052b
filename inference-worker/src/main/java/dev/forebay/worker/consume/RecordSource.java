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

    /** Commits without waiting; {@code committed} is told on the poll thread when the broker has answered well. */
    void commitAsync(Map<TopicPartition, Long> offsets, Consumer<Map<TopicPartition, Long>> committed);

    /** Commits, bounded in time. A commit that fails is logged: the records will be read again, never lost. */
    void commitSync(Map<TopicPartition, Long> offsets);

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
