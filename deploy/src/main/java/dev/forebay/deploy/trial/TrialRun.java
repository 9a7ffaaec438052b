package dev.forebay.deploy.trial;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A file of events through a trial, event by event, each with its report. */
public final class TrialRun implements AutoCloseable {
    private final List<String> references;
    private final TrialEvents events;
    private final Trial trial;
    private final TrialReport report;

    /**
     * @param topic of lines that are values and nothing else; empty where each line says what it is
     * @param progress told a line when something takes seconds
     * @throws dev.forebay.deploy.console.UsageException where the topic is no source
     */
    public TrialRun(ForebayConfig config, Optional<String> topic, Consumer<String> progress) {
        this.references = config.processors().intake().referenceTopics();
        this.events = new TrialEvents(
                config.processors().intake().sourceTopics(),
                config.topics().requests().name(),
                topic);
        this.trial = new Trial(config, progress);
        this.report = new TrialReport(new RecordJson(trial.codecs()));
    }

    /**
     * Puts records into a reference topic.
     *
     * @param lines one JSON object each, {@code {"key": ..., "value": ...}}; {@code value_base64} is for values that are
     *     not text, and a value of null deletes
     * @throws UsageException where there is no such reference topic, or a line is no record
     */
    public void addReferences(String topic, BufferedReader lines) throws IOException {
        if (!references.contains(topic)) {
            throw new UsageException("--reference " + topic + " is no reference topic of this configuration; "
                    + (references.isEmpty() ? "it has none." : "there are: " + String.join(", ", references) + "."));
        }
        try {
            new TrialReferences(lines).forEach((key, value) -> trial.addReference(topic, key, value));
        } catch (UsageException e) {
            throw new UsageException("--reference " + topic + ": " + e.getMessage());
        }
    }

    /**
     * Runs all events and gives their report line by line.
     *
     * @param json one JSON object per event in place of lines for a person
     * @return how many events there were
     * @throws dev.forebay.deploy.console.UsageException where a line is no event
     */
    public long run(BufferedReader lines, boolean json, Consumer<String> out) throws IOException {
        Map<String, Long> ends = new TreeMap<>();
        long count = 0;
        long line = 0;
        for (Optional<TrialEvent> event = events.next(lines, line);
                event.isPresent();
                event = events.next(lines, line)) {
            line = event.get().line();
            Trial.Account account = trial.run(event.get());
            if (json) {
                out.accept(report.json(account));
            } else {
                report.lines(account).forEach(out);
                out.accept("");
            }
            account.ends().forEach(end -> ends.merge(end.topic(), 1L, Long::sum));
            count++;
        }
        if (!json && count > 0) {
            out.accept((count == 1 ? "1 event: " : count + " events: ") + counted(ends));
        }
        return count;
    }

    private static String counted(Map<String, Long> ends) {
        return ends.entrySet().stream()
                .map(end -> end.getValue() + " to " + end.getKey())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        trial.close();
    }
}
