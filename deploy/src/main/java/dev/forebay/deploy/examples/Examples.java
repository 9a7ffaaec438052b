package dev.forebay.deploy.examples;

import dev.forebay.deploy.console.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The examples of one task, no two of the same text: one that were both among those that teach and among those that test
 * would be known by heart.
 *
 * @param otherTasks how many were left out because their {@code task} is another one
 * @param repeated how many were left out because their text had come before, case and spacing aside
 * @param contradicting how many of the repeated ones had another label than the first
 */
public record Examples(List<Example> all, int otherTasks, int repeated, int contradicting) {
    /**
     * Where the parts of an example stand.
     *
     * @param text the column or JSON field; empty for {@code text} and its like
     * @param label the same of the label
     */
    public record Columns(Optional<String> text, String label) {}

    /**
     * Reads files in CSV or JSONL, as their names say.
     *
     * @param task of which examples are wanted; those that name no task count as well
     * @throws UsageException where a file cannot be read, or a line is no example: nothing is passed over in silence
     */
    public static Examples read(List<Path> files, Columns columns, String task) {
        Map<String, Example> byText = new LinkedHashMap<>();
        int[] left = new int[3];
        for (Path file : files) {
            ExampleFile.open(file, columns).forEach((example, ofTask) -> {
                if (ofTask.isPresent() && !ofTask.get().equals(task)) {
                    left[0]++;
                    return;
                }
                Example first = byText.putIfAbsent(normal(example.text()), example);
                if (first != null) {
                    left[1]++;
                    left[2] += first.label().equals(example.label()) ? 0 : 1;
                }
            });
        }
        return new Examples(new ArrayList<>(byText.values()), left[0], left[1], left[2]);
    }

    /** The same for texts that differ in case and spacing alone. */
    private static String normal(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
