package dev.forebay.worker.state;

/**
 * One record and no other: another cluster, or a topic that was made anew, has other records at the same offsets.
 *
 * @param timestamp of the record, in milliseconds
 * @param size of key and value, in bytes
 */
public record RecordIdentity(String topic, int partition, long offset, long timestamp, int size) {}
