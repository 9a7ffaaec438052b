package dev.forebay.processors.policy;

import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import java.util.Set;

/** Checks the names of tasks that policies mention. */
public final class KnownTask {
    private KnownTask() {}

    /** Notes, as a problem of a key, a task that the section {@code tasks} does not have. */
    public static void check(Section section, String key, String task, Set<String> tasks) {
        if (tasks.contains(task)) {
            return;
        }
        String listed = tasks.isEmpty()
                ? "none is configured"
                : String.join(", ", tasks.stream().sorted().toList());
        section.problem(
                key,
                "a task of the section tasks: " + listed,
                Nearest.to(task, tasks)
                        .map(name -> "Did you mean " + name + "?")
                        .orElse("Choose one of them, or add it there."));
    }
}
