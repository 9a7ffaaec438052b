package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One topic of events and how they become requests.
 *
 * @param sample of the requests, which is taken
 */
record Source(String topic, Form form, Stamp stamp, Fields fields, Sample sample) {

    /**
     * How the values of the topic are written.
     *
     * @param encoding of a {@link SourceFormat#REQUEST} source; the other formats have their own
     * @param columns the names of a CSV row's fields, in order
     * @param cloudEvents whether the values are in envelopes
     */
    record Form(SourceFormat format, TopicFormat encoding, List<String> columns, boolean cloudEvents) {}

    /** Whose and what for the requests of the source are. */
    record Stamp(Tasks tasks, Tenant tenant, Lane lane, @Nullable Duration expiresAfter) {
        /** For a source whose requests say for themselves. */
        static final Stamp NONE = new Stamp(Tasks.one(Tasks.UNKNOWN), Tenant.DEFAULT, Lane.LIVE, null);
    }

    /**
     * Where the parts of a request are found in an event. Text and attributes are an element's where events are taken
     * apart.
     *
     * @param each what events are taken apart into; null where each is one request
     */
    record Fields(TextRule text, @Nullable Place id, Map<String, Place> attributes, @Nullable Each each) {
        /** For a format that is all text. */
        static final Fields NONE = new Fields(new TextRule.Field(Place.WHOLE), null, Map.of(), null);
    }

    /** The source of requests that come ready-made. */
    static Source ofRequests(Topics.Topic topic) {
        Form form = new Form(SourceFormat.REQUEST, topic.format(), List.of(), false);
        return new Source(topic.name(), form, Stamp.NONE, Fields.NONE, Sample.ALL);
    }

    /** The attributes that requests of the source may have, without those of the archive reader's headers. */
    Set<String> attributeNames() {
        Set<String> names = new HashSet<>(fields.attributes().keySet());
        if (fields.each() != null) {
            names.addAll(fields.each().ofEvent().keySet());
            names.addAll(Set.of(Envelope.PART, Envelope.PARTS));
        }
        if (form.cloudEvents()) {
            names.addAll(CloudEvent.ATTRIBUTES);
        }
        return names;
    }

    Topics.Topic asTopic() {
        return new Topics.Topic(topic, form.encoding());
    }
}
