package dev.forebay.processors.enrich;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the records of one reference topic that count as absent, each with its position, up to a bound. */
final class UnreadableRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);
    /** More would say nothing new: a topic in another format has as many as it has records. */
    private static final int MOST_LOGGED = 100;

    private final String topic;
    private int logged;

    UnreadableRecords(String topic) {
        this.topic = topic;
    }

    /** @param context of the operator, which knows where the record stands */
    void note(ProcessorContext<Void, Void> context, String why) {
        if (logged < MOST_LOGGED) {
            logged++;
            String position = context.recordMetadata()
                    .map(at -> "partition=" + at.partition() + " offset=" + at.offset())
                    .orElse("");
            LOG.warn(
                    "reference_unreadable topic={} {} counts as absent: {}{}",
                    topic,
                    position,
                    why,
                    logged == MOST_LOGGED ? " Further ones are not logged." : "");
        }
    }
}
