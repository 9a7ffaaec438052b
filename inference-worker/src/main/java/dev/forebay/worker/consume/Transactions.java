package dev.forebay.worker.consume;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** Writes terminal records together with the offsets of their inputs. For one thread at a time. */
public interface Transactions {
    /**
     * Runs one transaction.
     *
     * @param group as the consumer knew it when the commit was put together: a member that has been replaced is fenced
     * @throws org.apache.kafka.common.KafkaException where it may or may not have been committed; {@link #recover} has to
     *     come before the next
     */
    void run(Commit commit, ConsumerGroupMetadata group);

    /**
     * Ends whatever transaction was open, here or in an earlier life, and waits until brokers answer. Afterwards the
     * committed offsets are what the group will read from.
     *
     * @throws InterruptedException where the worker stops meanwhile
     */
    void recover() throws InterruptedException;
}
