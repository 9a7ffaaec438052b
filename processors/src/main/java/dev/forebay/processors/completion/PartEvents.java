package dev.forebay.processors.completion;

import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import java.util.Optional;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The way of what becomes of parts to the operator that waits for whole events, where there is one. The requests of an
 * event carry its key in a header, {@link Headers#EVENT}, by which what ends them knows it.
 */
public final class PartEvents {
    private final Optional<String> topic;

    private PartEvents(Optional<String> topic) {
        this.topic = topic;
    }

    /** Nobody waits. */
    public static PartEvents none() {
        return new PartEvents(Optional.empty());
    }

    public static PartEvents to(Topics.Topic topic) {
        return new PartEvents(Optional.of(topic.name()));
    }

    public boolean wanted() {
        return topic.isPresent();
    }

    /** Adds the operator that writes, where anybody waits. */
    public void addSink(Topology topology, String name, String... parents) {
        topic.ifPresent(to -> Endpoints.addSink(topology, name, to, parents));
    }

    /** The way of a record whose requests are parts of the event, or of none. */
    public Hop marked(Hop hop, Optional<EventKey> event) {
        return hop.marked(
                Headers.EVENT,
                event.filter(any -> wanted()).flatMap(EventKey::bytes).orElse(null));
    }

    /** That the event was taken apart; empty where nobody waits for it. */
    public Optional<Departure> taken(Hop hop, EventKey event, TakenApart taken, String sink) {
        return topic.flatMap(to -> event.bytes()).map(key -> departure(hop, key, PartJson.taken(taken), sink));
    }

    /** That a request of the event that the record is marked with has ended; empty where it is part of none. */
    public Optional<Departure> ended(Hop hop, String requestId, End end, String sink) {
        return topic.flatMap(to -> hop.carried(Headers.EVENT))
                .flatMap(EventKey::read)
                .flatMap(event -> PartKey.of(event.eventId(), requestId).flatMap(request -> event.bytes()
                        .map(key -> departure(hop, key, PartJson.ended(request, end), sink))));
    }

    private static Departure departure(Hop hop, byte[] key, byte[] value, String sink) {
        return new Departure(new Record<>(key, value, hop.now().toEpochMilli()), sink);
    }
}
