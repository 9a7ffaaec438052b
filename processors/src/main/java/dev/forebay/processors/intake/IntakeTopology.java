package dev.forebay.processors.intake;

import dev.forebay.processors.event.Memory;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.stream.RecentKeys;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/**
 * Builds the intake topology: events in, requests, rejections and dead letters out. One chain per source, so that no
 * source waits for another; bytes in and out, so that no record is lost in a deserializer. Where duplicates are refused,
 * {@code admit} has a store of the ids that it admitted, {@code recent-SOURCE}.
 *
 * <pre>
 *                                         ┌─▶ work-SOURCE ─────────▶ topics.work (live)
 *                                         ├─▶ work-bulk-SOURCE ────▶ topics.work-bulk
 *  SOURCE ─▶ read-SOURCE ─▶ admit-SOURCE ─┼─▶ rejections-SOURCE ───▶ topics.rejections
 *                                         └─▶ dead-letters-SOURCE ─▶ topics.dead-letters
 * </pre>
 */
public final class IntakeTopology {
    private final IntakeConfig config;
    private final Topics topics;
    private final Codecs codecs;
    private final InstantSource clock;
    private final Refusals refusals;
    private final Trail trail;

    private IntakeTopology(
            IntakeConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals, Trail trail) {
        this.config = config;
        this.topics = topics;
        this.codecs = codecs;
        this.clock = clock;
        this.refusals = refusals;
        this.trail = trail;
    }

    public static Topology build(
            IntakeConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals) {
        return build(config, topics, codecs, clock, refusals, Trail.NONE);
    }

    /** The same for somebody who wants to know what each step does. */
    public static Topology build(
            IntakeConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals, Trail trail) {
        return new IntakeTopology(config, topics, codecs, clock, refusals, trail).build();
    }

    private Topology build() {
        Topology topology = new Topology();
        Terminals terminals = new Terminals(topics, codecs);
        AdmissionPolicy policy = new AdmissionPolicy(config.maxChars(), config.maxRecordBytes());
        for (Source source : config.sourcesWith(topics.requests())) {
            Intake intake = new Intake(
                    policy, EventMapping.of(source, config, codecs), config.screen(), config.redaction(), trail);
            Outlets outlets = new Outlets(source.topic());
            add(
                    topology,
                    source.topic(),
                    outlets,
                    memory -> new IntakeStop(intake, new Duplicates(memory), terminals, outlets));
        }
        return topology;
    }

    private void add(Topology topology, String source, Outlets outlets, Function<Memory, Stop> stop) {
        String read = "read-" + source;
        String admit = "admit-" + source;
        String recent = "recent-" + source;
        Endpoints.addSource(topology, read, source);
        Duration window = config.duplicateWindow();
        if (window == null) {
            Stop stateless = stop.apply(Memory.none());
            topology.addProcessor(admit, () -> HopProcessor.of(stateless, clock, refusals), read);
        } else {
            topology.addProcessor(
                    admit,
                    () -> HopProcessor.withStores(
                            context -> stop.apply(RecentKeys.of(context, recent, window)::putIfAbsent),
                            clock,
                            refusals),
                    read);
            topology.addStateStore(RecentKeys.store(recent, window), admit);
        }
        Endpoints.addSink(topology, outlets.work(), topics.work().name(), admit);
        Endpoints.addSink(topology, outlets.workBulk(), topics.workBulk().name(), admit);
        Endpoints.addSink(topology, outlets.rejections(), topics.rejections().name(), admit);
        Endpoints.addSink(topology, outlets.deadLetters(), topics.deadLetters().name(), admit);
    }

    /** The names of the sinks of one source. */
    record Outlets(String work, String workBulk, String rejections, String deadLetters) {
        Outlets(String source) {
            this("work-" + source, "work-bulk-" + source, "rejections-" + source, "dead-letters-" + source);
        }
    }
}
