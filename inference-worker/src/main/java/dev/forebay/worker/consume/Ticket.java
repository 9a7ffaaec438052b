package dev.forebay.worker.consume;

import org.apache.kafka.common.TopicPartition;

/**
 * The claim of one record that is in flight; handed back when its terminal record was acknowledged.
 *
 * @param epoch which assignment of the partition the record was read under; a ticket of an earlier one is void
 * @param bytes what the record counts against the bound on bytes in flight
 */
public record Ticket(TopicPartition partition, int epoch, long offset, int bytes) {}
