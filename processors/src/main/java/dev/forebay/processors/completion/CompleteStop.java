package dev.forebay.processors.completion;

import dev.forebay.processors.completion.Completing.Told;
import dev.forebay.processors.completion.PartEvent.Ended;
import dev.forebay.processors.completion.PartEvent.Taken;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.TimedProcessor.Due;
import dev.forebay.processors.stream.TimedProcessor.Refused;
import dev.forebay.processors.stream.TimedProcessor.TimedStop;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator {@code complete}: notes how the parts of events end, and makes the record of an event that is whole. */
final class CompleteStop implements TimedStop {
    private static final Logger log = LoggerFactory.getLogger(CompleteStop.class);

    private final Completing completing;
    private final Topics.Topic to;
    private final Codec<Completion> codec;

    CompleteStop(Completing completing, Topics.Topic to, Codec<Completion> codec) {
        this.completing = completing;
        this.to = to;
        this.codec = codec;
    }

    @Override
    public void take(Hop hop) {
        Optional<EventKey> key = EventKey.read(hop.event().key());
        Optional<PartEvent> told = PartJson.read(hop.event().value());
        if (key.isEmpty() || told.isEmpty()) {
            log.warn("part_event_ignored from={}", hop.event().position());
        } else if (!take(key.get(), told.get(), hop.now())) {
            // Not worth a warning: what ended twice, and what is too old to be known.
            log.debug("part_event_without_effect from={}", hop.event().position());
        }
    }

    private boolean take(EventKey key, PartEvent told, Instant now) {
        return told instanceof Taken taken
                ? completing.take(key, taken.apart(), now)
                : completing.take(key, ((Ended) told).request(), ((Ended) told).end(), now);
    }

    @Override
    public List<Due> due(Instant now, Refused refused) {
        List<Due> due = new ArrayList<>();
        for (Told told : completing.due(now)) {
            told.event().key().bytes().ifPresent(key -> due.add(due(key, told, now, refused)));
        }
        return due;
    }

    /** The record, or, where that is too large for its topic, one with half as long a list, and so on. */
    private Due due(byte[] key, Told told, Instant now, Refused refused) {
        byte[] value = codec.encode(CompletionRecord.of(told, 0, now));
        for (int halved = 1; refused.asTooLarge(to.name(), value.length) && halved < Integer.SIZE; halved++) {
            value = codec.encode(CompletionRecord.of(told, halved, now));
        }
        Position madeOf = new Position(new String(key, StandardCharsets.UTF_8), 0, value.length);
        return new Due(madeOf, new Departure(new Record<>(key, value, now.toEpochMilli()), Endpoints.sink(to.name())));
    }
}
