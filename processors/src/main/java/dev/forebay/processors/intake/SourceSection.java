package dev.forebay.processors.intake;

import com.fasterxml.jackson.core.JsonPointer;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.config.Nearest;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
            return new Source(topic, format, TopicFormat.AVRO, Source.Stamp.NONE, Source.Fields.NONE);
        }
        SourceSection source = new SourceSection(section, format);
        boolean readyMade = format == SourceFormat.REQUEST;
        TopicFormat encoding =
                readyMade ? section.choice("encoding", TopicFormat.class, TopicFormat.AVRO) : TopicFormat.AVRO;
        Source.Stamp stamp = readyMade ? Source.Stamp.NONE : source.stamp(tasks);
        Source.Fields fields = readyMade || format == SourceFormat.TEXT ? Source.Fields.NONE : source.fields();
        section.done();
        return new Source(topic, format, encoding, stamp, fields);
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
        String text = section.has("text") && section.string("text", "").isEmpty() && format == SourceFormat.JSON
                ? ""
                : section.requiredString("text", example());
        check(section, "text", text);
        String id = section.optionalString("id");
        check(section, "id", id);
        Map<String, String> attributes = new LinkedHashMap<>();
        Section places = section.section("attributes");
        for (String name : places.keys()) {
            String place = places.requiredString(name, example());
            check(places, name, place);
            attributes.put(name, place);
        }
        return new Source.Fields(text, id, attributes, columns);
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

    /** Notes a place that events of this format cannot have. */
    private void check(Section owner, String key, @Nullable String place) {
        if (place == null || place.isEmpty()) {
            return;
        }
        if (format == SourceFormat.JSON && !isPointer(place)) {
            owner.problem(key, "a JSON pointer (RFC 6901)", "Start with a slash: /" + place.replace('.', '/') + ".");
        }
        if (format == SourceFormat.AVRO && !AvroPath.isLegal(place)) {
            owner.problem(key, "field names joined by dots", "Write it such as message.body.");
        }
        if (format == SourceFormat.CSV && !columns.isEmpty() && !columns.contains(place)) {
            owner.problem(key, "a column: " + String.join(", ", columns), suggestion(place, columns));
        }
    }

    private static boolean isPointer(String place) {
        try {
            JsonPointer.compile(place);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String example() {
        return switch (format) {
            case JSON -> "/message/body";
            case AVRO -> "message.body";
            default -> columns.isEmpty() ? "text" : columns.get(0);
        };
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
