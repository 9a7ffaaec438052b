package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A share consumer as the loop needs it. Poll thread only.
 *
 * <p>A record that was polled is locked for this consumer, for a time. It has to be accepted or renewed before the next
 * poll. A renewed one can be accepted again only when a poll has returned it once more.
 */
public interface ShareSource {
    /**
     * Reads on; while renewed records are out, only these come. What was acknowledged and not sent goes with the next fetch,
     * which may be the one of a later poll.
     */
    List<InputRecord> poll(Duration timeout);

    /** The broker forgets the record, for this group. */
    void accept(RecordPosition position);

    /** The lock starts anew. */
    void renew(RecordPosition position);

    /** Sends what was acknowledged. */
    void commitAsync();

    /** The same, and waits, bounded in time, for the answers. */
    void commitSync();

    /** How long after a poll locks have to be renewed, in nanoseconds. */
    long renewAfterNanos();

    /** Told on the poll thread, within the calls above. */
    interface AcknowledgementListener {
        /** The broker has taken acknowledgements of records of one partition. */
        void taken(TopicPartition partition, Collection<Long> offsets);

        /** The broker has refused them, or did not answer: it delivers the records again. */
        void refused(TopicPartition partition, Collection<Long> offsets);

        /** All locks are gone. */
        void lost();
    }
}
