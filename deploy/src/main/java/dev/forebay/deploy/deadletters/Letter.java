package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.DeadLetter;

/** A dead letter with its position. */
public record Letter(Position position, DeadLetter content) {

    /** The record that it tells of. Two letters may tell of the same one: a stage that crashed wrote its letter again. */
    Original original() {
        return new Original(
                content.getTopic(),
                content.getPartition(),
                content.getOffset(),
                content.getTimestamp().toEpochMilli());
    }

    /**
     * A record as it was read.
     *
     * @param timestamp tells it from a record that had the same offset before the topic was made anew
     */
    record Original(String topic, int partition, long offset, long timestamp) {
        String position() {
            return topic + "-" + partition + "-" + offset;
        }
    }
}
