package dev.forebay.processors.intake;

import dev.forebay.processors.event.Memory;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.quota.Buckets;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.stream.RecentKeys;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

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
 *
 * Where tenants have quotas, the requests of all sources go by one operator more, which reads them by their tenant, whatever
 * their own keys are. It has the store {@code quota}, and that of the ids.
 *
 * <pre>
 *                           ┌─▶ admitted-SOURCE ─▶ topics.admitted ─▶ read-ADMITTED ─▶ meter ─▶ (the four sinks above)
 *  SOURCE ─▶ ... admit-SOURCE ─▶ (rejections and dead letters)
 * </pre>
 */
public final class IntakeTopology {
    private static final String METER = "meter";
    private static final String QUOTA = "quota";

    private final IntakeConfig config;
    private final Topics topics;
    private final Codecs codecs;
    private final InstantSource clock;
    private final Refusals refusals;
    private final Trail trail;
    private final Terminals terminals;

    private IntakeTopology(
            IntakeConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals, Trail trail) {
        this.config = config;
        this.topics = topics;
        this.codecs = codecs;
        this.clock = clock;
        this.refusals = refusals;
        this.trail = trail;
        this.terminals = new Terminals(topics, codecs);
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
        AdmissionPolicy policy = new AdmissionPolicy(config.maxChars(), config.maxRecordBytes());
        for (Source source : config.sourcesWith(topics.requests())) {
            Intake intake = new Intake(
                    policy, EventMapping.of(source, config, codecs), config.screen(), config.redaction(), trail);
            addAdmission(topology, source.topic(), intake);
        }
        if (config.quotas().any()) {
            addMeter(topology);
        }
        return topology;
    }

    private void addAdmission(Topology topology, String source, Intake intake) {
        Outlets outlets = new Outlets(source);
        Exits exits = new Exits(terminals, outlets);
        String admit = "admit-" + source;
        Endpoints.addSource(topology, "read-" + source, source);
        if (config.quotas().any()) {
            // What the meter refuses may come again, so the meter looks for duplicates.
            Stop stop = new IntakeStop(intake, new Duplicates(Memory.none()), exits, exits::admitted);
            topology.addProcessor(admit, () -> HopProcessor.of(stop, clock, refusals), "read-" + source);
            Endpoints.addSink(topology, outlets.admitted(), topics.admitted().name(), admit);
        } else {
            addOperator(
                    topology,
                    admit,
                    source,
                    context -> new IntakeStop(intake, duplicates(context, source), exits, exits::work));
            addWork(topology, outlets, admit);
        }
        addRefusals(topology, outlets, admit);
    }

    private void addMeter(Topology topology) {
        String source = topics.admitted().name();
        Outlets outlets = new Outlets(source);
        Exits exits = new Exits(terminals, outlets);
        Codec<Request> codec = codecs.of(topics.admitted(), Request.class);
        Endpoints.addSource(topology, "read-" + source, source);
        addOperator(
                topology,
                METER,
                source,
                context -> new MeterStop(
                        codec,
                        duplicates(context, source),
                        Buckets.of(context, QUOTA, config.quotas(), clock),
                        exits,
                        trail));
        topology.addStateStore(Buckets.store(QUOTA), METER);
        addWork(topology, outlets, METER);
        addRefusals(topology, outlets, METER);
    }

    private void addOperator(
            Topology topology, String name, String source, Function<ProcessorContext<byte[], byte[]>, Stop> stop) {
        topology.addProcessor(name, () -> HopProcessor.withStores(stop, clock, refusals), "read-" + source);
        if (config.duplicateWindow() != null) {
            topology.addStateStore(RecentKeys.store(recent(source), config.duplicateWindow()), name);
        }
    }

    private Duplicates duplicates(ProcessorContext<byte[], byte[]> context, String source) {
        Duration window = config.duplicateWindow();
        return new Duplicates(
                window == null ? Memory.none() : RecentKeys.of(context, recent(source), window)::putIfAbsent);
    }

    private static String recent(String source) {
        return "recent-" + source;
    }

    private void addWork(Topology topology, Outlets outlets, String operator) {
        Endpoints.addSink(topology, outlets.work(), topics.work().name(), operator);
        Endpoints.addSink(topology, outlets.workBulk(), topics.workBulk().name(), operator);
    }

    private void addRefusals(Topology topology, Outlets outlets, String operator) {
        Endpoints.addSink(topology, outlets.rejections(), topics.rejections().name(), operator);
        Endpoints.addSink(topology, outlets.deadLetters(), topics.deadLetters().name(), operator);
    }

    /** The names of the sinks of the operator that reads one topic. */
    record Outlets(String admitted, String work, String workBulk, String rejections, String deadLetters) {
        Outlets(String source) {
            this(
                    "admitted-" + source,
                    "work-" + source,
                    "work-bulk-" + source,
                    "rejections-" + source,
                    "dead-letters-" + source);
        }
    }
}
