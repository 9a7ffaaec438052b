package dev.forebay.processors.count;

import dev.forebay.processors.count.CountStop.Reader;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.StoredShelf;
import dev.forebay.processors.stream.TimedProcessor;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.Topology;

/**
 * Adds what counts to a topology.
 *
 * <pre>
 *  topics.outcomes ───▶ read-OUTCOMES ───┐
 *  topics.review ─────▶ read-REVIEW ─────┼─▶ count ─▶ write-COUNT-EVENTS ─▶ topics.count-events
 *  topics.rejections ─▶ read-REJECTIONS ─┘
 *
 *  topics.count-events ─▶ read-COUNT-EVENTS ─▶ total ─▶ write-TO ─▶ digests.aggregates.to
 * </pre>
 *
 * {@code total} has a store, {@code counts}.
 */
public final class CountTopology {
    private static final String COUNTS = "counts";

    private CountTopology() {}

    /** The topics of other stages that it reads; whoever calls adds their sources, because others read them as well. */
    public static Set<String> reads(Topics topics) {
        return new LinkedHashSet<>(List.of(
                topics.outcomes().name(),
                topics.review().name(),
                topics.rejections().name()));
    }

    public static void addTo(
            Topology topology,
            Aggregates config,
            Topics topics,
            Codecs codecs,
            InstantSource clock,
            Refusals refusals) {
        Map<String, Reader> readers = readers(config, topics, codecs);
        String events = topics.countEvents().name();
        CountStop stop = new CountStop(readers, Endpoints.sink(events));
        topology.addProcessor(
                "count",
                () -> HopProcessor.of(stop, clock, refusals),
                readers.keySet().stream().map(Endpoints::source).toArray(String[]::new));
        Endpoints.addSink(topology, Endpoints.sink(events), events, "count");

        String to = config.to().name();
        Endpoints.addSource(topology, events);
        topology.addProcessor(
                "total",
                () -> new TimedProcessor(
                        context -> new TotalStop(
                                new Counting(
                                        config.every(),
                                        config.grace(),
                                        new CountWindows(StoredShelf.of(context, COUNTS))),
                                Endpoints.sink(to)),
                        clock,
                        refusals),
                Endpoints.source(events));
        topology.addStateStore(StoredShelf.store(COUNTS), "total");
        Endpoints.addSink(topology, Endpoints.sink(to), to, "total");
    }

    private static Map<String, Reader> readers(Aggregates config, Topics topics, Codecs codecs) {
        Codec<Result> outcomes = codecs.of(topics.outcomes(), Result.class);
        Codec<Result> reviews = codecs.of(topics.review(), Result.class);
        Codec<Rejection> rejections = codecs.of(topics.rejections(), Rejection.class);
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put(topics.outcomes().name(), value -> outcomes.decode(value)
                .fold(good -> Optional.of(CountEvent.answer(good.value(), config.tasks())), bad -> Optional.empty()));
        readers.put(topics.review().name(), value -> reviews.decode(value)
                .fold(good -> CountEvent.review(good.value(), config.tasks()), bad -> Optional.empty()));
        readers.put(topics.rejections().name(), value -> rejections
                .decode(value)
                .fold(
                        good -> Optional.of(CountEvent.rejection(good.value(), config.tasks())),
                        bad -> Optional.empty()));
        return readers;
    }
}
