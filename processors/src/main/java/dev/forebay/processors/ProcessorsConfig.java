package dev.forebay.processors;

import dev.forebay.processors.digest.DigestsConfig;
import dev.forebay.processors.intake.IntakeConfig;
import dev.forebay.processors.verdict.VerdictConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the topologies are told. That of the digests runs where there are any.
 *
 * @param changes what may be changed while they run; empty where nothing may
 * @param threads of each topology
 */
public record ProcessorsConfig(
        IntakeConfig intake,
        VerdictConfig verdict,
        DigestsConfig digests,
        Optional<PolicyChanges> changes,
        String intakeApplicationId,
        String verdictApplicationId,
        String digestApplicationId,
        int threads) {

    /**
     * Reads the sections {@code intake}, {@code verdict}, {@code digests} and {@code processors} of a configuration
     * file, and notes what is wrong with them.
     *
     * @param root the whole file
     * @param tasks the names of the section {@code tasks}
     */
    public static ProcessorsConfig read(Section root, Topics topics, Set<String> tasks) {
        IntakeConfig intake = IntakeConfig.read(root.section("intake"), topics, tasks);
        VerdictConfig verdict = VerdictConfig.read(root.section("verdict"), topics, tasks);
        Set<String> taken = new HashSet<>(intake.sourceTopics());
        taken.addAll(topics.names());
        verdict.routeTopics().forEach(topic -> taken.add(topic.name()));
        DigestsConfig digests = DigestsConfig.read(root.section("digests"), taken, tasks);
        if (digests.completions().isPresent() && !intake.takesApart()) {
            root.section("digests")
                    .problem(
                            "completions",
                            "only where a source has each",
                            "Give a source of intake.sources the key each, or remove this.");
        }
        checkHops(root.section("topics"), topics);
        checkStreams(root.section("kafka").flattened(), FixedSettings::whyForAll);
        checkStreams(root.section("kafka").section("streams").flattened(), FixedSettings::why);
        Section section = root.section("processors");
        String intakeId = section.topicName("intake-application-id", "forebay-intake");
        String verdictId = section.topicName("verdict-application-id", "forebay-verdict");
        String digestId = section.topicName("digest-application-id", "forebay-digest");
        String fix = "Two topologies with one id would take each other's partitions.";
        if (intakeId.equals(verdictId)) {
            section.problem("verdict-application-id", "an id that differs from intake-application-id", fix);
        }
        if (digestId.equals(intakeId) || digestId.equals(verdictId)) {
            section.problem(
                    "digest-application-id",
                    "an id that differs from intake-application-id and verdict-application-id",
                    fix);
        }
        Optional<PolicyChanges> changes = section.flag("control", false)
                ? Optional.of(new PolicyChanges(root, topics, tasks, intake, verdict))
                : Optional.empty();
        int threads = section.integer("threads", 1, 1, 64);
        section.done();
        return new ProcessorsConfig(intake, verdict, digests, changes, intakeId, verdictId, digestId, threads);
    }

    /** The same with another policy. */
    public ProcessorsConfig with(PolicyChanges.Changed policy) {
        return new ProcessorsConfig(
                policy.intake(),
                policy.verdict(),
                digests,
                changes,
                intakeApplicationId,
                verdictApplicationId,
                digestApplicationId,
                threads);
    }

    private static void checkHops(Section section, Topics topics) {
        List<Hop> hops = List.of(
                new Hop("requests", topics.requests(), "admitted", topics.admitted()),
                new Hop("requests", topics.requests(), "work", topics.work()),
                new Hop("requests", topics.requests(), "work-bulk", topics.workBulk()),
                new Hop("admitted", topics.admitted(), "work", topics.work()),
                new Hop("admitted", topics.admitted(), "work-bulk", topics.workBulk()),
                new Hop("outcomes", topics.outcomes(), "results", topics.results()),
                new Hop("outcomes", topics.outcomes(), "review", topics.review()),
                new Hop("review-decisions", topics.reviewDecisions(), "results", topics.results()),
                new Hop("review-decisions", topics.reviewDecisions(), "review", topics.review()));
        hops.stream()
                .filter(hop -> hop.read.name().equals(hop.written.name()))
                .forEach(hop -> section.problem(
                        hop.writtenKey,
                        "another topic than topics." + hop.readKey,
                        "Name two topics; a topology that reads what it writes never ends."));
        checkOwn(section, "digest-events", topics.digestEvents().name(), topics);
        checkOwn(section, "count-events", topics.countEvents().name(), topics);
        checkOwn(section, "part-events", topics.partEvents().name(), topics);
        checkOwn(section, "completions", topics.completions().name(), topics);
        checkOwn(section, "control", topics.control(), topics);
    }

    /** A topic that a topology reads, with one that it writes. */
    private record Hop(String readKey, Topics.Topic read, String writtenKey, Topics.Topic written) {}

    private static void checkOwn(Section section, String key, String own, Topics topics) {
        long uses = Stream.concat(
                        topics.all().stream().map(Topics.Topic::name), Stream.of(topics.replays(), topics.control()))
                .filter(own::equals)
                .count();
        if (uses > 1) {
            section.problem(key, "a topic of its own", "Name another one: nothing else may be read from it.");
        }
    }

    private static void checkStreams(Section flat, Function<String, Optional<String>> whyFixed) {
        for (String key : flat.keys()) {
            whyFixed.apply(key).ifPresent(why -> flat.problem(key, "not to be set here", "Remove it: " + why + "."));
        }
    }
}
