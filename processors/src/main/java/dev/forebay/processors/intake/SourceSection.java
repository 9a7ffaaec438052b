package dev.forebay.processors.intake;

import dev.forebay.processors.format.Notation;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one entry of {@code intake.sources}. Keys that a format has no use for are unknown keys. */
final class SourceSection {
    private final Section section;
    private final SourceFormat format;
    private final List<String> columns;

    private SourceSection(Section section, SourceFormat format) {
        this.section = section;
        this.format = format;
        this.columns = format == SourceFormat.CSV ? section.strings("columns") : List.of();
    }

    static Source read(Section section, Set<String> tasks) {
        String topic = section.has("topic")
                ? section.topicName("topic", "")
                : section.requiredString("topic", "support.messages");
        String given = section.requiredString("format", "json");
        SourceFormat format =
                given.isEmpty() ? SourceFormat.TEXT : section.choice("format", SourceFormat.class, SourceFormat.TEXT);
        if (!format.name().equalsIgnoreCase(given)) {
            // Which keys belong here depends on the format, so nothing more can be said until it is right.
            Source.Form form = new Source.Form(format, TopicFormat.AVRO, List.of());
            return new Source(topic, form, Source.Stamp.NONE, Source.Fields.NONE);
        }
        SourceSection source = new SourceSection(section, format);
        boolean readyMade = format == SourceFormat.REQUEST;
        TopicFormat encoding =
                readyMade ? section.choice("encoding", TopicFormat.class, TopicFormat.AVRO) : TopicFormat.AVRO;
        Source.Stamp stamp = readyMade ? Source.Stamp.NONE : source.stamp(tasks);
        Source.Fields fields = readyMade || format == SourceFormat.TEXT ? Source.Fields.NONE : source.fields();
        section.done();
        return new Source(topic, new Source.Form(format, encoding, source.columns), stamp, fields);
    }

    private Source.Stamp stamp(Set<String> tasks) {
        String task = section.requiredString(
                "task", tasks.stream().sorted().findFirst().orElse("triage"));
        if (!task.isEmpty() && !tasks.contains(task)) {
            section.problem("task", "a task of the section tasks: " + listed(tasks), suggestion(task, tasks));
        }
        String tenant = section.string("tenant", "default");
        if (tenant.isBlank()) {
            section.problem("tenant", "a name", "Name the tenant, or leave the key out.");
        }
        Duration life = section.has("expires-after") ? section.duration("expires-after", Duration.ofHours(1)) : null;
        if (life != null && life.compareTo(Duration.ZERO) <= 0) {
            section.problem("expires-after", "a duration above zero", "Leave it out for requests that do not expire.");
        }
        return new Source.Stamp(task, tenant, section.choice("lane", Lane.class, Lane.LIVE), life);
    }

    private Source.Fields fields() {
        if (format == SourceFormat.CSV) {
            checkColumns();
        }
        Places places = new Places(notation());
        return new Source.Fields(
                new TextRule.Field(places.required(section, "text")),
                places.optional(section, "id"),
                places.named(section.section("attributes")));
    }

    private Notation notation() {
        return switch (format) {
            case CSV -> new Notation.Columns(columns);
            case AVRO -> new Notation.Paths();
            default -> new Notation.Pointers();
        };
    }

    private void checkColumns() {
        if (columns.isEmpty()) {
            section.problem(
                    "columns",
                    "the names of a row's fields in order",
                    "Add them, for example columns: [text, category].");
        }
        Set<String> seen = new HashSet<>();
        columns.stream()
                .filter(column -> !seen.add(column))
                .findFirst()
                .ifPresent(column -> section.problem(
                        "columns",
                        "names that differ from one another",
                        "Rename the column " + column + " that is there twice."));
    }

    private static String listed(Set<String> names) {
        return names.isEmpty()
                ? "none is configured"
                : String.join(", ", names.stream().sorted().toList());
    }

    private static String suggestion(String given, Iterable<String> known) {
        return Nearest.to(given, known)
                .map(name -> "Did you mean " + name + "?")
                .orElse("Choose one of them, or add it there.");
    }
}
