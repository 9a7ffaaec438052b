package dev.forebay.processors.intake;

import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.control.ControlTopic;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.enrich.Enrichment;
import dev.forebay.processors.enrich.ReferenceTopics;
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
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Builds the intake topology: events in, requests, rejections and dead letters out. One chain per source, so that no
 * source waits for another; bytes in and out, so that no record is lost in a deserializer. Where duplicates are refused,
 * {@code admit} has a store of the ids that it admitted, {@code recent-SOURCE}; every {@code admit} looks up in the global
 * stores of reference data, and searches the passages that are kept beside them. Where the policy may change, {@code
 * control} reads the changes. Where somebody waits for whole events, {@code part-events-SOURCE} of a source that takes
 * events apart says so.
 *
 * <pre>
 *                                         ┌─▶ work-SOURCE ─────────▶ topics.work (live)
 *                                         ├─▶ work-bulk-SOURCE ────▶ topics.work-bulk
 *  SOURCE ─▶ read-SOURCE ─▶ admit-SOURCE ─┼─▶ rejections-SOURCE ───▶ topics.rejections
 *                                         └─▶ dead-letters-SOURCE ─▶ topics.dead-letters
 *
 *  REFERENCE ─▶ follow-REFERENCE ─▶ keep-REFERENCE ─▶ (global store) reference-REFERENCE
 *  topics.control ─▶ follow-CONTROL ─▶ control
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
    private final LivePolicy<IntakeConfig> policy;
    private final Topics topics;
    private final Means means;
    private final ReferenceTopics references;
    private final Terminals terminals;

    private IntakeTopology(LivePolicy<IntakeConfig> policy, Topics topics, Means means) {
        this.config = policy.ofFile();
        this.policy = policy;
        this.topics = topics;
        this.means = means;
        this.references = ReferenceTopics.of(config.enrichers(), means.codecs, means.clock);
        this.terminals = new Terminals(topics, means.codecs);
    }

    /**
     * What a topology works with, whatever its configuration.
     *
     * @param databases that its enrichment asks; to be closed after the topology
     * @param trail of somebody who wants to know what each step does
     * @param partEvents where somebody waits for whole events
     */
    public record Means(
            Codecs codecs,
            Databases databases,
            InstantSource clock,
            Refusals refusals,
            Trail trail,
            PartEvents partEvents) {}

    /** For a configuration that asks no database and never changes. */
    public static Topology build(
            IntakeConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals) {
        Means means = new Means(codecs, new Databases(), clock, refusals, Trail.NONE, PartEvents.none());
        return build(LivePolicy.fixed(config), topics, means);
    }

    public static Topology build(LivePolicy<IntakeConfig> policy, Topics topics, Means means) {
        return new IntakeTopology(policy, topics, means).build();
    }

    private Topology build() {
        Topology topology = new Topology();
        config.sourcesWith(topics.requests()).forEach(source -> addAdmission(topology, source));
        if (config.quotas().any()) {
            addMeter(topology);
        }
        // Last, so that the numbers of the tasks, which their directories have, stay what they are without it.
        references.addTo(topology);
        ControlTopic.addTo(topology, policy);
        return topology;
    }

    private void addAdmission(Topology topology, Source of) {
        String source = of.topic();
        EventMapping mapping = EventMapping.of(of, config, means.codecs);
        Outlets outlets = new Outlets(source);
        Exits exits = new Exits(terminals, outlets, means.partEvents);
        String admit = "admit-" + source;
        Endpoints.addSource(topology, source);
        if (config.quotas().any()) {
            // What the meter refuses may come again, so the meter looks for duplicates.
            Duplicates none = new Duplicates(Optional.empty());
            Function<ProcessorContext<byte[], byte[]>, Stop> stop =
                    context -> new IntakeStop(policy, intakes(of, mapping, context), none, exits, exits::admitted);
            topology.addProcessor(
                    admit, () -> HopProcessor.withStores(stop, means.clock, means.refusals), Endpoints.source(source));
            Endpoints.addSink(topology, outlets.admitted(), topics.admitted().name(), admit);
        } else {
            addOperator(
                    topology,
                    admit,
                    source,
                    context -> new IntakeStop(
                            policy, intakes(of, mapping, context), duplicates(context, source), exits, exits::work));
            addWork(topology, outlets, admit);
        }
        addRefusals(topology, outlets, admit);
        if (of.fields().each() != null) {
            means.partEvents.addSink(topology, outlets.partEvents(), admit);
        }
    }

    private Function<IntakeConfig, Intake> intakes(
            Source source, EventMapping mapping, ProcessorContext<byte[], byte[]> context) {
        Enrichment enrichment = references.enrichment(context, means.databases, means.trail);
        return inForce -> Intake.of(inForce, source.sample(), mapping, enrichment, means.trail);
    }

    private void addMeter(Topology topology) {
        String source = topics.admitted().name();
        Outlets outlets = new Outlets(source);
        Exits exits = new Exits(terminals, outlets, means.partEvents);
        Codec<Request> codec = means.codecs.of(topics.admitted(), Request.class);
        Endpoints.addSource(topology, source);
        addOperator(
                topology,
                METER,
                source,
                context -> new MeterStop(
                        codec,
                        duplicates(context, source),
                        policy,
                        Buckets.of(context, QUOTA, () -> policy.get().policy().quotas(), means.clock),
                        exits,
                        means.trail));
        topology.addStateStore(Buckets.store(QUOTA), METER);
        addWork(topology, outlets, METER);
        addRefusals(topology, outlets, METER);
    }

    private void addOperator(
            Topology topology, String name, String source, Function<ProcessorContext<byte[], byte[]>, Stop> stop) {
        topology.addProcessor(
                name, () -> HopProcessor.withStores(stop, means.clock, means.refusals), Endpoints.source(source));
        if (config.duplicateWindow() != null) {
            topology.addStateStore(RecentKeys.store(recent(source), config.duplicateWindow()), name);
        }
    }

    private Duplicates duplicates(ProcessorContext<byte[], byte[]> context, String source) {
        Duration window = config.duplicateWindow();
        return new Duplicates(Optional.ofNullable(window)
                .<Memory>map(span -> RecentKeys.of(context, recent(source), span)::putIfAbsent));
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
    record Outlets(
            String admitted, String work, String workBulk, String rejections, String deadLetters, String partEvents) {
        Outlets(String source) {
            this(
                    "admitted-" + source,
                    "work-" + source,
                    "work-bulk-" + source,
                    "rejections-" + source,
                    "dead-letters-" + source,
                    "part-events-" + source);
        }
    }
}
