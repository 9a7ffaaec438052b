package dev.forebay.processors.verdict;

import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.ControlTopic;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.event.Memory;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Endpoints;
import dev.forebay.processors.stream.HopProcessor;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.processors.stream.RecentKeys;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * Builds the verdict topology: outcomes in; out, results with their verdict, rejections of what the moderation blocks.
 *
 * <pre>
 *                                              ┌─▶ write-RESULTS ──────▶ topics.results
 *                                              ├─▶ write-REVIEW ───────▶ topics.review
 *  topics.outcomes ─▶ read-OUTCOMES ─▶ decide ─┼─▶ write-ROUTE ────────▶ one per topic of verdict.routes
 *                                              ├─▶ write-REJECTIONS ───▶ topics.rejections
 *                                              └─▶ write-DEAD-LETTERS ─▶ topics.dead-letters
 * </pre>
 *
 * Where the decisions of people are read back, {@code apply} reads them and writes to the same topics; its store
 * {@code decided} has the requests on which somebody has decided. Where the policy may change, {@code control} reads the
 * changes. Where somebody waits for whole events, {@code write-PART-EVENTS} says which results there are.
 */
public final class VerdictTopology {
    private static final String DECIDED = "decided";
    /** A second decision on a result is refused for as long. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private VerdictTopology() {}

    /** For a policy that never changes. */
    public static Topology build(
            VerdictConfig config, Topics topics, Codecs codecs, InstantSource clock, Refusals refusals) {
        return build(
                LivePolicy.fixed(config),
                topics,
                new Means(codecs, clock, refusals, new Uncalibrated(), Trail.NONE, PartEvents.none()));
    }

    /**
     * What a topology works with, whatever its configuration.
     *
     * @param uncalibrated counts the results whose confidence is unknown
     * @param trail of somebody who wants to know what each step does
     * @param partEvents where somebody waits for whole events
     */
    public record Means(
            Codecs codecs,
            InstantSource clock,
            Refusals refusals,
            Uncalibrated uncalibrated,
            Trail trail,
            PartEvents partEvents) {}

    public static Topology build(LivePolicy<VerdictConfig> policy, Topics topics, Means means) {
        Codecs codecs = means.codecs;
        String source = topics.outcomes().name();
        VerdictConfig config = policy.ofFile();
        Outlets outlets = new Outlets(config, topics, codecs);
        Departures departures = new Departures(outlets, means.partEvents);
        Supplier<VerdictPolicy> policies =
                () -> new VerdictPolicy(policy.get(), topics, means.uncalibrated, means.trail);
        VerdictStop stop = new VerdictStop(policies, codecs.of(topics.outcomes(), Result.class), departures);
        Topology topology = new Topology();
        Endpoints.addSource(topology, source);
        topology.addProcessor(
                "decide", () -> HopProcessor.of(stop, means.clock, means.refusals), Endpoints.source(source));
        List<String> operators = new ArrayList<>(List.of("decide"));
        if (config.readsDecisions()) {
            Codec<ReviewDecision> codec = codecs.of(topics.reviewDecisions(), ReviewDecision.class);
            addReview(
                    topology,
                    topics.reviewDecisions().name(),
                    memory -> new ReviewStop(() -> new ReviewPolicy(policies.get()), codec, departures, memory),
                    means);
            operators.add("apply");
        }
        for (String topic : outlets.topics()) {
            Endpoints.addSink(topology, Outlets.sink(topic), topic, operators.toArray(String[]::new));
        }
        means.partEvents.addSink(topology, outlets.partEventSink(), operators.toArray(String[]::new));
        ControlTopic.addTo(topology, policy);
        return topology;
    }

    private static void addReview(Topology topology, String topic, Function<Memory, Stop> stop, Means means) {
        Endpoints.addSource(topology, topic);
        topology.addProcessor(
                "apply",
                () -> HopProcessor.withStores(
                        context -> stop.apply(RecentKeys.of(context, DECIDED, REMEMBERED)::putIfAbsent),
                        means.clock,
                        means.refusals),
                Endpoints.source(topic));
        topology.addStateStore(RecentKeys.store(DECIDED, REMEMBERED), "apply");
    }
}
