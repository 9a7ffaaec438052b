package dev.forebay.processors.completion;

import dev.forebay.processors.completion.PartStop.Reader;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.StoredShelf;
import dev.forebay.processors.stream.TimedProcessor;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.Topology;

/**
 * Adds what waits for whole events to the digest topology. The topic between brings all that is told of an event to one
 * partition; intake and verdict write to it as well.
 *
 * <pre>
 *  topics.rejections ───▶ read-REJECTIONS ───┐
 *  topics.dead-letters ─▶ read-DEAD-LETTERS ─┴─▶ part ─▶ write-PART-EVENTS ─▶ topics.part-events
 *
 *  topics.part-events ─▶ read-PART-EVENTS ─▶ complete ─▶ write-COMPLETIONS ─▶ topics.completions
 * </pre>
 *
 * {@code complete} has a store, {@code completions}.
 */
public final class CompletionTopology {
    private static final String COMPLETIONS = "completions";

    private CompletionTopology() {}

    /** The topics of other stages that it reads; whoever calls adds their sources, because others read them as well. */
    public static Set<String> reads(Topics topics) {
        return new LinkedHashSet<>(
                List.of(topics.rejections().name(), topics.deadLetters().name()));
    }

    public static void addTo(
            Topology topology,
            Completions config,
            Topics topics,
            Codecs codecs,
            InstantSource clock,
            Refusals refusals) {
        String events = topics.partEvents().name();
        PartStop stop =
                new PartStop(readers(topics, codecs), PartEvents.to(topics.partEvents()), Endpoints.sink(events));
        topology.addProcessor(
                "part",
                () -> HopProcessor.of(stop, clock, refusals),
                reads(topics).stream().map(Endpoints::source).toArray(String[]::new));
        Endpoints.addSink(topology, Endpoints.sink(events), events, "part");

        String to = topics.completions().name();
        Codec<Completion> codec = codecs.of(topics.completions(), Completion.class);
        Endpoints.addSource(topology, events);
        topology.addProcessor(
                "complete",
                () -> new TimedProcessor(
                        context -> new CompleteStop(
                                new Completing(
                                        config.within(),
                                        config.corrected(),
                                        new OpenEvents(StoredShelf.of(context, COMPLETIONS))),
                                topics.completions(),
                                codec),
                        clock,
                        refusals),
                Endpoints.source(events));
        topology.addStateStore(StoredShelf.store(COMPLETIONS), "complete");
        Endpoints.addSink(topology, Endpoints.sink(to), to, "complete");
    }

    private static Map<String, Reader> readers(Topics topics, Codecs codecs) {
        Map<String, Reader> readers = new HashMap<>();
        readers.put(topics.rejections().name(), PartStop.rejections(codecs.of(topics.rejections(), Rejection.class)));
        Reader letters = PartStop.letters(
                codecs.of(topics.deadLetters(), DeadLetter.class),
                topics.reviewDecisions().name());
        // One topic may have both.
        readers.merge(
                topics.deadLetters().name(),
                letters,
                (first, second) -> value -> first.apply(value).or(() -> second.apply(value)));
        return readers;
    }
}
