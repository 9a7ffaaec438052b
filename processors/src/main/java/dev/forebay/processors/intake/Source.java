package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One topic of events and how they become requests. */
record Source(String topic, Form form, Stamp stamp, Fields fields) {

    /**
     * How the values of the topic are written.
     *
     * @param encoding of a {@link SourceFormat#REQUEST} source; the other formats have their own
     * @param columns the names of a CSV row's fields, in order
     */
    record Form(SourceFormat format, TopicFormat encoding, List<String> columns) {}

    /** What every request of the source gets. */
    record Stamp(String task, String tenant, Lane lane, @Nullable Duration expiresAfter) {
        /** For a source whose requests say for themselves; the task stands in where one cannot be read. */
        static final Stamp NONE = new Stamp("unknown", "default", Lane.LIVE, null);
    }

    /** Where the parts of a request are found in an event. */
    record Fields(TextRule text, @Nullable Place id, Map<String, Place> attributes) {
        /** For a format that is all text. */
        static final Fields NONE = new Fields(new TextRule.Field(Place.WHOLE), null, Map.of());
    }

    /** The source of requests that come ready-made. */
    static Source ofRequests(Topics.Topic topic) {
        return new Source(
                topic.name(), new Form(SourceFormat.REQUEST, topic.format(), List.of()), Stamp.NONE, Fields.NONE);
    }

    Topics.Topic asTopic() {
        return new Topics.Topic(topic, form.encoding());
    }
}
