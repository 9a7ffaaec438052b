package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.pipeline.ForebayConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration that a person would have written for the same file. */
final class QuickstartConfig {
    /** The topic that the file goes to. */
    static final String EVENTS = "forebay.events";

    /** A topic for single texts, to try the task with while it serves. */
    static final String TEXTS = "forebay.texts";

    private QuickstartConfig() {}

    /** @param labels with their descriptions; empty for a task without */
    static ForebayConfig of(
            QuickstartOptions.TaskKind task, Map<String, String> labels, InputFile input, boolean sample) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("task", task.code());
        if (!labels.isEmpty()) {
            declared.put("labels", labels);
        }
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("topic", EVENTS);
        events.put("task", task.code());
        events.put("lane", "bulk");
        switch (input.format()) {
            case CSV -> {
                events.put("format", "csv");
                events.put("columns", input.columns());
                events.put("text", input.place());
            }
            case JSONL -> {
                events.put("format", "json");
                events.put("text", input.place());
            }
            case TEXT -> events.put("format", "text");
        }
        if (sample) {
            events.put("attributes", Map.of(Sample.EXPECTED, Sample.LABEL_COLUMN));
        }
        Map<String, Object> texts = Map.of("topic", TEXTS, "format", "text", "task", task.code());
        return ForebayConfig.readForAnyCluster(
                Map.of("tasks", Map.of(task.code(), declared), "intake", Map.of("sources", List.of(events, texts))));
    }
}
