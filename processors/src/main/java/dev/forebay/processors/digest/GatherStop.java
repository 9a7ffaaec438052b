package dev.forebay.processors.digest;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.TimedProcessor.Due;
import dev.forebay.processors.stream.TimedProcessor.Refused;
import dev.forebay.processors.stream.TimedProcessor.TimedStop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator {@code gather}: requests into windows, and a window that is closed into a request for its digest. */
final class GatherStop implements TimedStop {
    private static final Logger log = LoggerFactory.getLogger(GatherStop.class);

    private final Map<String, Digest> digests;
    private final Codec<Request> events;
    private final Outlets outlets;
    private final Gathering gathering;
    private long late;

    /** The topics that digests go to, with their codecs. */
    record Outlets(Topics topics, Codec<Request> work, Codec<Request> workBulk) {
        Topics.Topic topic(Lane lane) {
            return lane == Lane.BULK ? topics.workBulk() : topics.work();
        }

        byte[] encode(Request request) {
            return (request.getLane() == Lane.BULK ? workBulk : work).encode(request);
        }
    }

    /**
     * @param digests by name
     * @param events of the topic that is read
     */
    GatherStop(Map<String, Digest> digests, Codec<Request> events, Outlets outlets, Gathering gathering) {
        this.digests = digests;
        this.events = events;
        this.outlets = outlets;
        this.gathering = gathering;
    }

    @Override
    public void take(Hop hop) {
        Event event = hop.event();
        Optional<GroupEvent> read = Group.read(event.key()).flatMap(group -> read(event, group));
        if (read.isEmpty()) {
            log.warn("digest_event_ignored from={}", event.position());
        } else if (!gathering.take(read.get(), hop.now())) {
            late++;
        }
    }

    /** Empty where somebody else wrote it, or its digest is not configured any more. */
    private Optional<GroupEvent> read(Event event, Group group) {
        Digest digest = digests.get(group.digest());
        if (digest == null) {
            return Optional.empty();
        }
        Position source = event.header(Headers.ORIGIN).flatMap(Position::read).orElse(event.position());
        return events.decode(event.value())
                .fold(good -> Optional.of(GroupEvent.of(group, digest, good.value(), source)), bad -> Optional.empty());
    }

    @Override
    public List<Due> due(Instant now, Refused refused) {
        if (late > 0) {
            log.info("digest_events_late count={}", late);
            late = 0;
        }
        List<Due> due = new ArrayList<>();
        for (Closed closed : gathering.due(now)) {
            Optional.ofNullable(digests.get(closed.window().key().group().digest()))
                    .flatMap(digest -> made(digest, closed, now, refused))
                    .ifPresentOrElse(
                            due::add, () -> log.info("digest_not_made id={}", DigestRequest.id(closed.window())));
        }
        return due;
    }

    /** The request, or, where that is too large for its topic, one with half as many characters, and so on. */
    private Optional<Due> made(Digest digest, Closed closed, Instant now, Refused refused) {
        Topics.Topic topic = outlets.topic(digest.asking().lane());
        int halved = 0;
        Optional<Request> request = DigestRequest.of(digest, closed, halved, now);
        while (request.isPresent()) {
            byte[] value = outlets.encode(request.get());
            if (!refused.asTooLarge(topic.name(), value.length)) {
                return Optional.of(due(closed.window().key().group(), request.get(), value, topic, halved, now));
            }
            halved++;
            request = DigestRequest.of(digest, closed, halved, now);
        }
        return Optional.empty();
    }

    /** One group's digests have one key, so that their order is kept. */
    private static Due due(Group group, Request request, byte[] value, Topics.Topic topic, int halved, Instant now) {
        Position madeOf = new Position(
                group.tenant() + "/" + request.getRequestId(),
                halved,
                request.getIssuedAt().toEpochMilli());
        byte[] key = group.path().getBytes(StandardCharsets.UTF_8);
        return new Due(
                madeOf, new Departure(new Record<>(key, value, now.toEpochMilli()), Endpoints.sink(topic.name())));
    }
}
