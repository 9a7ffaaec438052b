package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.worker.task.TasksConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels of a classification, each with what describes it, as a list or a file on the command line gives them. */
final class Labels {
    private Labels() {}

    /** @throws UsageException where they cannot be used, saying what to change */
    static Map<String, String> of(QuickstartOptions.Labelling given) {
        if (given.list().isPresent() && given.file().isPresent()) {
            throw new UsageException("The labels are given twice. Keep either --labels or --labels-file.");
        }
        if (given.file().isPresent()) {
            return read(given.file().get());
        }
        return described("--labels", Arrays.asList(given.list().orElse("").split(",", -1)));
    }

    private static Map<String, String> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(line -> line.replace("\ufeff", "").strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return described("--labels-file " + file, lines);
        } catch (NoSuchFileException e) {
            throw new UsageException(
                    "There is no file " + file + ". Give --labels-file a file with one label per line.");
        } catch (CharacterCodingException e) {
            throw new UsageException("The labels file " + file + " is not in UTF-8. Save it in UTF-8.");
        } catch (IOException e) {
            throw new UsageException("The labels file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** Each entry is a label, or a label and its description as {@code label: description}. */
    private static Map<String, String> described(String where, List<String> entries) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String entry : entries) {
            int colon = entry.indexOf(": ");
            String name = (colon < 0 ? entry : entry.substring(0, colon)).strip();
            if (name.isEmpty()) {
                throw new UsageException(where + " has an empty label. Remove it.");
            }
            String description = colon < 0
                    ? TasksConfig.label(name).description()
                    : entry.substring(colon + 2).strip();
            if (labels.put(name, description) != null) {
                throw new UsageException(where + " has the label " + name + " twice. Remove one of them.");
            }
        }
        if (labels.size() < 2) {
            throw new UsageException(
                    where + (labels.isEmpty() ? " has no label" : " has one label") + "; a choice needs at least two.");
        }
        return labels;
    }
}
