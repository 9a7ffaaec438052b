package dev.forebay.processors.digest;

import dev.forebay.processors.event.Attributes;
import dev.forebay.processors.event.Event;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The operator {@code collect}: a request goes, as it is, to each group that it belongs to. It reads beside the worker,
 * which answers for what cannot be read; a digest is in no group.
 */
final class CollectStop implements Stop {
    private final List<Digest> digests;
    private final Codec<Request> work;
    private final Codec<Request> events;
    private final String sink;

    /**
     * @param work of the topic that is read
     * @param events of the topic that is written
     */
    CollectStop(List<Digest> digests, Codec<Request> work, Codec<Request> events, String sink) {
        this.digests = digests;
        this.work = work;
        this.events = events;
        this.sink = sink;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        byte[] value = hop.event().value();
        return value == null
                ? List.of()
                : work.decode(value).fold(good -> copies(hop, value, good.value()), bad -> List.of());
    }

    private List<Departure> copies(Hop hop, byte[] value, Request request) {
        List<Departure> departures = new ArrayList<>();
        if (request.getAttributes().containsKey(Attributes.DIGEST)) {
            return departures;
        }
        for (Digest digest : digests) {
            Optional<Group> group =
                    digest.choice().group(digest.name(), request, hop.event().key());
            if (group.isPresent()) {
                boolean tooLarge = hop.refusal(departures.size()).isPresent();
                departures.add(departure(hop, group.get(), tooLarge ? events.encode(withoutText(request)) : value));
            }
        }
        return departures;
    }

    /** Was too large for the topic; so it is counted among those that are left out. */
    private static Request withoutText(Request request) {
        return Request.newBuilder(request).setText("").build();
    }

    private Departure departure(Hop hop, Group group, byte[] value) {
        Event.Position position = hop.event().position();
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.ORIGIN, position.toString().getBytes(StandardCharsets.UTF_8));
        return new Departure(new Record<>(group.key(), value, hop.now().toEpochMilli(), headers), sink);
    }
}
