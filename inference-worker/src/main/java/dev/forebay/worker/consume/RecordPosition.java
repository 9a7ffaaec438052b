package dev.forebay.worker.consume;

import org.apache.kafka.common.TopicPartition;

/** Where a record is. */
public record RecordPosition(TopicPartition partition, long offset) {}
