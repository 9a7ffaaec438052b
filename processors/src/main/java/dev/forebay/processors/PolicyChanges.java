package dev.forebay.processors;

import dev.forebay.processors.intake.IntakeConfig;
import dev.forebay.processors.verdict.VerdictConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.config.YamlFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads changes of a configuration's policy. A change is YAML with keys of the configuration, each of which stands in place
 * of the file's; what it does not name is as in the file, whatever was changed before.
 */
public final class PolicyChanges {
    private static final Set<String> INTAKE = new LinkedHashSet<>(List.of("stopped-tasks", "screen", "quota"));
    private static final Set<String> VERDICT =
            new LinkedHashSet<>(List.of("abstain-below", "abstain", "calibration", "moderation", "routing", "routes"));

    private final Section root;
    private final Topics topics;
    private final Set<String> tasks;
    private final boolean hasQuotas;
    private final Set<Topics.Topic> destinations;

    /** @param root the whole file, whose policy is {@code intake} and {@code verdict} */
    PolicyChanges(Section root, Topics topics, Set<String> tasks, IntakeConfig intake, VerdictConfig verdict) {
        this.root = root;
        this.topics = topics;
        this.tasks = tasks;
        this.hasQuotas = intake.quotas().any();
        this.destinations = new LinkedHashSet<>(verdict.routeTopics());
        destinations.add(topics.results());
        destinations.add(topics.review());
    }

    /** The policy with a change over it. */
    public record Changed(IntakeConfig intake, VerdictConfig verdict) {}

    /** @throws ConfigException with everything that is wrong with the change */
    public synchronized Changed over(String document) {
        Problems problems = new Problems();
        Section change = YamlFile.parseWithoutSecrets(document, "change", problems);
        checkKeys(change, Set.of("intake", "verdict"));
        Section intake = change.section("intake");
        Section verdict = change.section("verdict");
        checkKeys(intake, INTAKE);
        checkKeys(verdict, VERDICT);
        checkFiles(intake.section("screen"));
        if (intake.has("quota") && !hasQuotas) {
            intake.problem(
                    "quota",
                    "only where the file has intake.quota",
                    "Quotas are counted on a topic of their own: put one into the file and start again.");
        }
        problems.check();
        Changed changed = new Changed(
                IntakeConfig.read(intake.over(root.section("intake")), topics, tasks),
                VerdictConfig.read(verdict.over(root.section("verdict")), topics, tasks));
        checkDestinations(verdict.sections("routes"), changed.verdict.routeTopics());
        problems.check();
        return changed;
    }

    private static void checkKeys(Section section, Set<String> changeable) {
        for (String key : section.keys()) {
            if (!changeable.contains(key)) {
                section.problem(
                        key,
                        "what may be changed: " + String.join(", ", changeable),
                        "Remove it here; change it in the file and start again.");
            }
        }
    }

    /** Who may write a change need not see the files of the machines that read it. */
    private static void checkFiles(Section screen) {
        checkFile(screen);
        screen.section("tenants").named().values().forEach(PolicyChanges::checkFile);
    }

    private static void checkFile(Section screen) {
        if (screen.has("block-file")) {
            screen.problem("block-file", "not in a change", "Write the phrases below block.");
        }
    }

    private void checkDestinations(List<Section> sections, List<Topics.Topic> targets) {
        for (int i = 0; i < sections.size() && i < targets.size(); i++) {
            if (!destinations.contains(targets.get(i))) {
                sections.get(i)
                        .problem(
                                "to",
                                "a topic of the file's routes, in its format: "
                                        + destinations.stream()
                                                .map(topic -> topic.name() + " ("
                                                        + topic.format().name().toLowerCase(Locale.ROOT) + ")")
                                                .collect(Collectors.joining(", ")),
                                "Choose one of them; a new one has to be in the file before the start.");
            }
        }
    }
}
