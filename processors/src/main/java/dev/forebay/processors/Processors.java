package dev.forebay.processors;

import dev.forebay.processors.PolicyChanges.Changed;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.digest.DigestTopology;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.intake.IntakeConfig;
import dev.forebay.processors.intake.IntakeTopology;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.verdict.VerdictConfig;
import dev.forebay.processors.verdict.VerdictTopology;
import dev.forebay.schemas.TopicCheck;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * The topologies, running. They wait at a fault that passes by itself or that somebody has to mend, which
 * {@link #states()} tells; at any other one they stop, which {@link #failure()} tells.
 */
public final class Processors implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final List<TopologyRunner> runners;
    private final Databases databases;
    private final Uncalibrated uncalibrated;

    private Processors(List<TopologyRunner> runners, Databases databases, Uncalibrated uncalibrated) {
        this.runners = runners;
        this.databases = databases;
        this.uncalibrated = uncalibrated;
    }

    /**
     * Starts the topologies and returns while they join their groups; see {@link #awaitRunning}.
     *
     * @param stateDir for Kafka Streams' own files; what state there is has a changelog topic, from which an empty
     *     directory is filled again
     * @throws dev.forebay.schemas.TopicException where a topic is missing, or no broker answers
     */
    public static Processors start(
            ProcessorsConfig config, KafkaConfig kafka, Topics topics, Codecs codecs, Path stateDir) {
        TopicCheck.require(topics(config, topics), kafka);
        Clock clock = Clock.systemUTC();
        Refusals ofIntake = new Refusals();
        Refusals ofVerdict = new Refusals();
        Databases databases = new Databases();
        PartEvents partEvents =
                config.digests().completions().isPresent() ? PartEvents.to(topics.partEvents()) : PartEvents.none();
        IntakeTopology.Means means =
                new IntakeTopology.Means(codecs, databases, clock, ofIntake, Trail.NONE, partEvents);
        LivePolicy<IntakeConfig> intakePolicy = policy(config, topics, config.intake(), Changed::intake);
        LivePolicy<VerdictConfig> verdictPolicy = policy(config, topics, config.verdict(), Changed::verdict);
        Uncalibrated uncalibrated = new Uncalibrated();
        VerdictTopology.Means verdictMeans =
                new VerdictTopology.Means(codecs, clock, ofVerdict, uncalibrated, Trail.NONE, partEvents);
        Supplier<Topology> intake = () -> IntakeTopology.build(intakePolicy, topics, means);
        Supplier<Topology> verdict = () -> VerdictTopology.build(verdictPolicy, topics, verdictMeans);
        Runners runners = new Runners(config, kafka, stateDir);
        List<TopologyRunner> all = new ArrayList<>();
        all.add(runners.of("intake", intake, config.intakeApplicationId(), ofIntake, intakePolicy));
        all.add(runners.of("verdict", verdict, config.verdictApplicationId(), ofVerdict, verdictPolicy));
        if (!config.digests().isEmpty()) {
            Refusals ofDigest = new Refusals();
            Supplier<Topology> digest = () -> DigestTopology.build(config.digests(), topics, codecs, clock, ofDigest);
            all.add(runners.of(
                    "digest", digest, config.digestApplicationId(), ofDigest, LivePolicy.fixed(config.digests())));
        }
        Processors processors = new Processors(List.copyOf(all), databases, uncalibrated);
        processors.runners.forEach(TopologyRunner::start);
        return processors;
    }

    private static <T> LivePolicy<T> policy(
            ProcessorsConfig config, Topics topics, T ofFile, Function<Changed, T> part) {
        return config.changes()
                .map(changes ->
                        LivePolicy.following(topics.control(), ofFile, document -> part.apply(changes.over(document))))
                .orElseGet(() -> LivePolicy.fixed(ofFile));
    }

    /** What the runners have in common. */
    private record Runners(ProcessorsConfig config, KafkaConfig kafka, Path stateDir) {
        TopologyRunner of(
                String name,
                Supplier<Topology> topology,
                String applicationId,
                Refusals refusals,
                LivePolicy<?> policy) {
            Properties settings = StreamsSettings.of(applicationId, config.threads(), kafka, stateDir, refusals);
            return new TopologyRunner(name, topology, settings, refusals, policy);
        }
    }

    /** Every topic that is read or written. */
    static Set<String> topics(ProcessorsConfig config, Topics topics) {
        Set<String> names = new LinkedHashSet<>(config.intake().sourceTopics());
        topics.all().forEach(topic -> names.add(topic.name()));
        names.addAll(config.intake().referenceTopics());
        config.changes().ifPresent(changes -> names.add(topics.control()));
        names.remove(topics.retries().name());
        if (!config.intake().quotas().any()) {
            names.remove(topics.admitted().name());
        }
        if (!config.verdict().readsDecisions()) {
            names.remove(topics.reviewDecisions().name());
        }
        if (config.digests().completions().isEmpty()) {
            names.removeAll(
                    List.of(topics.partEvents().name(), topics.completions().name()));
        }
        if (!config.digests().gathers()) {
            names.remove(topics.digestEvents().name());
        }
        config.digests()
                .aggregates()
                .ifPresentOrElse(
                        counts -> names.add(counts.to().name()),
                        () -> names.remove(topics.countEvents().name()));
        config.verdict().routeTopics().forEach(topic -> names.add(topic.name()));
        return names;
    }

    /** @throws ProcessorsException where a topology has stopped, or does not run in time */
    public void awaitRunning(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (TopologyRunner runner : runners) {
            runner.awaitRunning(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    /** How each topology fares, the intake first. */
    public List<TopologyState> states() {
        return runners.stream().map(TopologyRunner::state).toList();
    }

    /** How many results had a confidence that is unknown, because their task is calibrated for another model. */
    public long uncalibrated() {
        return uncalibrated.count();
    }

    /** What ended a topology; empty while all run, and while they wait for a fault to pass. */
    public Optional<Throwable> failure() {
        return runners.stream().flatMap(runner -> runner.failure().stream()).findFirst();
    }

    /** Takes at most ten seconds for each topology. What was not committed is read again at the next start. */
    @Override
    public void close() {
        runners.forEach(runner -> runner.close(CLOSE_TIMEOUT));
        databases.close();
    }
}
