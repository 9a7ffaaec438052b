package dev.forebay.processors.intake;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One topic of events and how they become requests.
 *
 * @param encoding of the values of a {@link SourceFormat#REQUEST} source; the other formats have their own
 */
record Source(String topic, SourceFormat format, TopicFormat encoding, Stamp stamp, Fields fields) {

    /** What every request of the source gets. */
    record Stamp(String task, String tenant, Lane lane, @Nullable Duration expiresAfter) {
        /** For a source whose requests say for themselves; the task stands in where one cannot be read. */
        static final Stamp NONE = new Stamp("unknown", "default", Lane.LIVE, null);
    }

    /**
     * Where the parts of a request are found in an event.
     *
     * @param text a place in the notation of the format; empty for a format that is all text
     * @param columns the names of a CSV row's fields, in order
     */
    record Fields(String text, @Nullable String id, Map<String, String> attributes, List<String> columns) {
        static final Fields NONE = new Fields("", null, Map.of(), List.of());
    }

    /** The source of requests that come ready-made. */
    static Source ofRequests(Topics.Topic topic) {
        return new Source(topic.name(), SourceFormat.REQUEST, topic.format(), Stamp.NONE, Fields.NONE);
    }

    Topics.Topic asTopic() {
        return new Topics.Topic(topic, encoding);
    }
}
