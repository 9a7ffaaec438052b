package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Places;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads for which tasks, whose, how urgent and for how long the requests of a source are. */
final class StampSection {
    private final Section section;
    private final Set<String> known;
    private final @Nullable Places places;

    /**
     * @param known the names of tasks
     * @param places null for a format that has none
     */
    StampSection(Section section, Set<String> known, @Nullable Places places) {
        this.section = section;
        this.known = known;
        this.places = places;
    }

    Source.Stamp read() {
        return new Source.Stamp(tasks(), tenant(), section.choice("lane", Lane.class, Lane.LIVE), life());
    }

    private Tasks tasks() {
        boolean named = section.has("task");
        if (places == null || !section.has("task-from")) {
            return all(named);
        }
        if (named) {
            section.problem("task-from", "task or task-from, not both", "Remove one of them.");
        }
        return chosen(section.section("task-from"), places);
    }

    private Tasks all(boolean named) {
        List<String> names = section.strings("task");
        if (names.isEmpty() && named) {
            section.problem(
                    "task", "a task or a list of them", "Name one at least, for example task: " + example() + ".");
        } else if (names.isEmpty() || names.contains("")) {
            section.requiredString("task", example());
        }
        names.stream().filter(name -> !name.isEmpty()).forEach(name -> check(section, "task", name));
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !seen.add(name))
                .findFirst()
                .ifPresent(name -> section.problem(
                        "task", "tasks that differ from one another", "Remove the second " + name + "."));
        return new Tasks.All(names.isEmpty() ? List.of(Tasks.UNKNOWN) : names);
    }

    private Tasks chosen(Section from, Places found) {
        Place at = found.required(from, "at");
        Section byValue = from.section("tasks");
        Map<String, String> tasks = new LinkedHashMap<>();
        for (String value : byValue.keys()) {
            String task = byValue.requiredString(value, example());
            check(byValue, value, task);
            tasks.put(value, task);
        }
        if (tasks.isEmpty()) {
            from.problem(
                    "tasks", "a task for each value", "Add them, for example tasks: {complaint: " + example() + "}.");
        }
        String otherwise = from.optionalString("otherwise");
        if (otherwise != null) {
            check(from, "otherwise", otherwise);
        }
        from.done();
        return new Tasks.Chosen(at, tasks, otherwise);
    }

    private Tenant tenant() {
        String name = section.optionalString("tenant");
        if (name != null && name.isBlank()) {
            section.problem("tenant", "a name", "Name the tenant, or leave the key out.");
        }
        Place at = places == null ? null : places.optional(section, "tenant-from");
        return at == null ? new Tenant(null, name == null ? "default" : name) : new Tenant(at, name);
    }

    private @Nullable Duration life() {
        Duration life = section.has("expires-after") ? section.duration("expires-after", Duration.ofHours(1)) : null;
        if (life != null && life.compareTo(Duration.ZERO) <= 0) {
            section.problem("expires-after", "a duration above zero", "Leave it out for requests that do not expire.");
        }
        return life;
    }

    private void check(Section owner, String key, String task) {
        if (!task.isEmpty()) {
            KnownTask.check(owner, key, task, known);
        }
    }

    private String example() {
        return known.stream().sorted().findFirst().orElse("triage");
    }
}
