package dev.forebay.processors.intake;

import dev.forebay.processors.enrich.EnrichSection;
import dev.forebay.processors.enrich.Enricher;
import dev.forebay.processors.enrich.ReferenceTopics;
import dev.forebay.processors.event.Attributes;
import dev.forebay.processors.language.LanguageSection;
import dev.forebay.processors.language.Languages;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.processors.quota.Quotas;
import dev.forebay.processors.redact.Redaction;
import dev.forebay.processors.redact.RedactionSection;
import dev.forebay.processors.screen.InputScreen;
import dev.forebay.processors.screen.ScreenSection;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code intake} section: which topics hold events, how they become requests, and which of these are admitted.
 *
 * @param stoppedTasks tasks of which no request is admitted for now
 * @param screen which texts are refused
 * @param languages which languages are told and wanted
 * @param redaction what is taken out of those that are not
 * @param duplicateWindow how long an id is remembered; null where duplicates are welcome
 * @param quotas how many requests of a tenant are admitted
 * @param enrichers what is added to requests of reference data, in order
 * @param tasks the names that requests may ask for
 */
public record IntakeConfig(
        int maxChars,
        long maxRecordBytes,
        @Nullable Duration duplicateWindow,
        Quotas quotas,
        Set<String> stoppedTasks,
        InputScreen screen,
        Languages languages,
        Redaction redaction,
        List<Source> sources,
        List<Enricher> enrichers,
        Set<String> tasks) {
    private static final int MAX_CHARS = 100_000;
    private static final long MAX_RECORD_BYTES = 2L << 20;
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    /**
     * Reads the section and notes what is wrong with it; the result is usable only where nothing was.
     *
     * @param own the topics between the stages, none of which can be a source
     */
    public static IntakeConfig read(Section intake, Topics own, Set<String> taskNames) {
        int maxChars = intake.integer("max-chars", MAX_CHARS, 1, 10_000_000);
        long maxRecordBytes = intake.bytes("max-record-bytes", MAX_RECORD_BYTES, 1, 16 << 20);
        Duration duplicateWindow = duplicateWindow(intake.section("duplicates"));
        Quotas quotas = Quotas.read(intake.section("quota"));
        Set<String> stoppedTasks = stoppedTasks(intake, taskNames);
        InputScreen screen = ScreenSection.read(intake.section("screen"));
        Languages languages = LanguageSection.read(intake.section("language"));
        Redaction redaction = RedactionSection.read(intake.section("redaction"));
        List<Source> sources = new ArrayList<>();
        Set<String> topics = new HashSet<>();
        for (Section section : intake.sections("sources")) {
            Source source = SourceSection.read(section, taskNames, maxChars);
            if (languages.any() && source.attributeNames().contains(Attributes.LANGUAGE)) {
                section.problem(
                        "attributes",
                        "names other than " + Attributes.LANGUAGE + " beside intake.language",
                        "Rename it: Forebay sets this one itself.");
            }
            if (!source.topic().isEmpty() && !topics.add(source.topic())) {
                section.problem("topic", "a topic of its own", "Another source reads this topic; remove one of them.");
            }
            if (own.names().contains(source.topic())) {
                section.problem(
                        "topic",
                        "a topic that is not in the section topics",
                        "Forebay reads and writes that one itself; name the topic of your events.");
            }
            sources.add(source);
        }
        List<Enricher> enrichers =
                EnrichSection.read(intake.sections("enrich"), around(sources, languages, own, taskNames, maxChars));
        intake.done();
        return new IntakeConfig(
                maxChars,
                maxRecordBytes,
                duplicateWindow,
                quotas,
                stoppedTasks,
                screen,
                languages,
                redaction,
                List.copyOf(sources),
                enrichers,
                Set.copyOf(taskNames));
    }

    private static EnrichSection.Around around(
            List<Source> sources, Languages languages, Topics own, Set<String> taskNames, int maxChars) {
        Set<String> topics = new HashSet<>(own.names());
        Set<String> attributes = new HashSet<>(Envelope.ATTRIBUTE_HEADERS.values());
        for (Source source : sources) {
            topics.add(source.topic());
            attributes.addAll(source.attributeNames());
        }
        Set<String> reserved =
                new HashSet<>(Set.of(Envelope.PART, Envelope.PARTS, Redaction.ATTRIBUTE, Attributes.DIGEST));
        if (languages.any()) {
            reserved.add(Attributes.LANGUAGE);
        }
        return new EnrichSection.Around(topics, attributes, reserved, taskNames, maxChars);
    }

    private static Set<String> stoppedTasks(Section intake, Set<String> taskNames) {
        List<String> stopped = intake.strings("stopped-tasks");
        stopped.forEach(task -> KnownTask.check(intake, "stopped-tasks", task, taskNames));
        return Set.copyOf(stopped);
    }

    private static @Nullable Duration duplicateWindow(Section duplicates) {
        if (!duplicates.has("window")) {
            duplicates.done();
            return null;
        }
        Duration window = duplicates.duration("window", SHORTEST_WINDOW);
        if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
            duplicates.problem(
                    "window",
                    "a duration from 1 s to 7 d",
                    "Write for example window: 10 min, or leave it out where duplicates are welcome.");
        }
        duplicates.done();
        return window;
    }

    /** Every source, with the ready-made requests of {@code topics.requests} as the last. */
    List<Source> sourcesWith(Topics.Topic requests) {
        List<Source> all = new ArrayList<>(sources);
        all.add(Source.ofRequests(requests));
        return all;
    }

    /** The topics that events are read from, without {@code topics.requests}. */
    public List<String> sourceTopics() {
        return sources.stream().map(Source::topic).toList();
    }

    /** Whether any event becomes several requests, one for each element of an array. */
    public boolean takesApart() {
        return sources.stream().anyMatch(source -> source.fields().each() != null);
    }

    /** The topics of reference data, which every instance reads whole. */
    public List<String> referenceTopics() {
        return ReferenceTopics.names(enrichers);
    }
}
