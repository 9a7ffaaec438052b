package dev.forebay.processors.digest;

import dev.forebay.processors.completion.CompletionTopology;
import dev.forebay.processors.count.CountTopology;
import dev.forebay.processors.digest.GatherStop.Outlets;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.StoredShelf;
import dev.forebay.processors.stream.TimedProcessor;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;

/**
 * Builds the digest topology: requests for the worker in, beside the worker; out, requests for digests of them.
 *
 * <pre>
 *  topics.work ──────▶ read-WORK ──────┐
 *  topics.work-bulk ─▶ read-WORK-BULK ─┴─▶ collect ─▶ write-DIGEST-EVENTS ─▶ topics.digest-events
 *
 *                                                           ┌─▶ write-WORK ──────▶ topics.work
 *  topics.digest-events ─▶ read-DIGEST-EVENTS ─▶ gather ────┴─▶ write-WORK-BULK ─▶ topics.work-bulk
 * </pre>
 *
 * The topic between the two brings all requests of a group to one partition. {@code gather} has two stores:
 * {@code windows}, those that are open, and {@code closed}, what is known of those that are not. {@link CountTopology} adds
 * what counts, {@link CompletionTopology} what waits for whole events.
 */
public final class DigestTopology {
    private static final String WINDOWS = "windows";
    private static final String CLOSED = "closed";

    private DigestTopology() {}

    public static Topology build(
            DigestsConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals) {
        Topology topology = new Topology();
        if (config.gathers()) {
            addCollect(topology, config, topics, codecs, clock, refusals);
            addGather(topology, config, topics, codecs, clock, refusals);
        }
        // A topic that several read has one source.
        Set<String> read = new LinkedHashSet<>();
        config.aggregates().ifPresent(counts -> read.addAll(CountTopology.reads(topics)));
        config.completions().ifPresent(completions -> read.addAll(CompletionTopology.reads(topics)));
        read.forEach(topic -> Endpoints.addSource(topology, topic));
        config.aggregates().ifPresent(counts -> CountTopology.addTo(topology, counts, topics, codecs, clock, refusals));
        config.completions()
                .ifPresent(completions ->
                        CompletionTopology.addTo(topology, completions, topics, codecs, clock, refusals));
        return topology;
    }

    private static void addCollect(
            Topology topology,
            DigestsConfig config,
            Topics topics,
            Codecs codecs,
            InstantSource clock,
            Refusals refusals) {
        List<String> sources = new ArrayList<>();
        for (String topic : topics.workNames()) {
            Endpoints.addSource(topology, topic);
            sources.add(Endpoints.source(topic));
        }
        String events = topics.digestEvents().name();
        CollectStop stop = new CollectStop(
                config.windows(),
                codecs.of(topics.work(), Request.class),
                codecs.of(topics.digestEvents(), Request.class),
                Endpoints.sink(events));
        topology.addProcessor("collect", () -> HopProcessor.of(stop, clock, refusals), sources.toArray(String[]::new));
        Endpoints.addSink(topology, Endpoints.sink(events), events, "collect");
    }

    private static void addGather(
            Topology topology,
            DigestsConfig config,
            Topics topics,
            Codecs codecs,
            InstantSource clock,
            Refusals refusals) {
        Map<String, Digest> digests =
                config.windows().stream().collect(Collectors.toMap(Digest::name, Function.identity()));
        Codec<Request> events = codecs.of(topics.digestEvents(), Request.class);
        Outlets outlets = new Outlets(
                topics, codecs.of(topics.work(), Request.class), codecs.of(topics.workBulk(), Request.class));
        Endpoints.addSource(topology, topics.digestEvents().name());
        topology.addProcessor(
                "gather",
                () -> new TimedProcessor(
                        context -> new GatherStop(
                                digests,
                                events,
                                outlets,
                                new Gathering(
                                        digests,
                                        new OpenWindows(StoredShelf.of(context, WINDOWS)),
                                        StoredClosings.of(context, CLOSED))),
                        clock,
                        refusals),
                Endpoints.source(topics.digestEvents().name()));
        topology.addStateStore(StoredShelf.store(WINDOWS), "gather");
        topology.addStateStore(StoredClosings.store(CLOSED), "gather");
        for (String topic : topics.workNames()) {
            Endpoints.addSink(topology, Endpoints.sink(topic), topic, "gather");
        }
    }
}
