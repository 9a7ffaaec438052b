package dev.forebay.worker.task;

import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import dev.forebay.worker.infer.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code tasks} section: what requests may ask for, by name. */
public record TasksConfig(List<TaskConfig> tasks) {
    /**
     * The temperature with the lowest negative log-likelihood (1.477 per text, in steps of 0.0025) over the 3,080 texts of
     * Banking77's test file, zero-shot with its 77 category names as descriptions, all-MiniLM-L6-v2 in fp32. Accuracy,
     * which does not depend on it, was 0.622; templates gave 0.609 to 0.630, so the default is the plain label. Fewer or
     * clearer labels may want another: set {@code temperature}. Measured by ZeroShotMeasurement in this module's tests.
     */
    public static final double DEFAULT_TEMPERATURE = 0.06;

    private static final int DEFAULT_SENTENCES = 3;
    private static final int MAX_SENTENCES = 50;
    private static final int MAX_LABELS = 1_000;
    private static final List<String> KINDS = List.of("classify", "embed", "summarize");
    private static final String PLACE = "{label}";

    public static TasksConfig read(Section section) {
        List<TaskConfig> tasks = new ArrayList<>();
        section.named().forEach((name, task) -> {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                section.problem(name, "a name of letters, digits and . _ -", "Rename the task.");
            }
            tasks.add(task(name, task));
        });
        section.done();
        return new TasksConfig(List.copyOf(tasks));
    }

    /** The tasks over one model, by name, in the order of the configuration. */
    public Map<String, Task> over(Model model) {
        Map<String, Task> built = new LinkedHashMap<>();
        tasks.forEach(task -> built.put(task.name(), task.over(model)));
        return built;
    }

    private static TaskConfig task(String name, Section section) {
        String kind = section.requiredString("task", "classify");
        Task.Overlong overlong = section.choice("overlong", Task.Overlong.class, Task.Overlong.TRUNCATE);
        boolean reuse = section.flag("reuse", true);
        TaskConfig task =
                switch (kind) {
                    case "classify" -> classify(name, section, overlong, reuse);
                    case "summarize" ->
                        new TaskConfig.Summarize(
                                name,
                                overlong,
                                section.integer("sentences", DEFAULT_SENTENCES, 1, MAX_SENTENCES),
                                reuse);
                    default -> new TaskConfig.Embed(name, overlong, reuse);
                };
        if (KINDS.contains(kind)) {
            section.done();
        } else if (!kind.isBlank()) {
            String fix = Nearest.to(kind, KINDS)
                    .map(nearest -> "Did you mean " + nearest + "?")
                    .orElse("Choose one of them.");
            section.problem("task", String.join(", ", KINDS), fix);
        }
        return task;
    }

    private static TaskConfig classify(String name, Section section, Task.Overlong overlong, boolean reuse) {
        double temperature = section.number("temperature", DEFAULT_TEMPERATURE, 0.001, 10);
        String template = section.string("template", PLACE);
        if (!template.contains(PLACE)) {
            section.problem("template", "a text with " + PLACE + " in it", "For example: This text is about {label}.");
        }
        List<Label> labels = section.isSection("labels") ? described(section) : listed(section, template);
        if (labels.size() < 2 || labels.size() > MAX_LABELS) {
            section.problem("labels", "2 to " + MAX_LABELS + " labels", "Write labels: [billing, delivery].");
        }
        return new TaskConfig.Classify(name, overlong, labels, temperature, reuse);
    }

    private static List<Label> described(Section section) {
        Section labels = section.section("labels");
        List<Label> described = new ArrayList<>();
        for (String label : labels.keys()) {
            String description = labels.string(label, "").strip();
            if (description.isEmpty()) {
                labels.problem(label, "a description of what belongs there", "Write it in the words of the texts.");
            }
            described.add(new Label(label, description));
        }
        return List.copyOf(described);
    }

    private static List<Label> listed(Section section, String template) {
        List<Label> labels = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String label : section.strings("labels")) {
            if (label.isBlank()) {
                section.problem("labels", "labels with a name", "Remove the empty one.");
            }
            if (!seen.add(label)) {
                section.problem("labels", "each label once", "Remove one of the two labels " + label + ".");
            }
            labels.add(label(label, template));
        }
        return List.copyOf(labels);
    }

    /** A label described by its own name, {@code card_arrival} as "card arrival". */
    public static Label label(String name) {
        return label(name, PLACE);
    }

    private static Label label(String name, String template) {
        String words = name.replace('_', ' ').replace('-', ' ').strip();
        return new Label(name, template.replace(PLACE, words));
    }
}
