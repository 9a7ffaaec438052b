package dev.forebay.processors.intake;

import dev.forebay.processors.format.Notation;
import dev.forebay.processors.format.Places;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.config.Section;
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

    /** @param maxChars that a text may have */
    static Source read(Section section, Set<String> tasks, int maxChars) {
        String topic = section.has("topic")
                ? section.topicName("topic", "")
                : section.requiredString("topic", "support.messages");
        String given = section.requiredString("format", "json");
        SourceFormat format =
                given.isEmpty() ? SourceFormat.TEXT : section.choice("format", SourceFormat.class, SourceFormat.TEXT);
        SourceSection source = new SourceSection(section, format);
        if (!format.name().equalsIgnoreCase(given)) {
            // Which keys belong here depends on the format, so nothing more can be said until it is right.
            return new Source(
                    topic, source.form(TopicFormat.AVRO, false), Source.Stamp.NONE, Source.Fields.NONE, Sample.ALL);
        }
        Source read = format == SourceFormat.REQUEST ? source.readyMade(topic) : source.mapped(topic, tasks, maxChars);
        section.done();
        return read;
    }

    private Source readyMade(String topic) {
        TopicFormat encoding = section.choice("encoding", TopicFormat.class, TopicFormat.AVRO);
        return new Source(topic, form(encoding, false), Source.Stamp.NONE, Source.Fields.NONE, sample());
    }

    private Source mapped(String topic, Set<String> tasks, int maxChars) {
        Places places = new Places(notation());
        Source.Form form = form(TopicFormat.AVRO, section.flag("cloudevents", false));
        boolean hasPlaces = format != SourceFormat.TEXT;
        if (format == SourceFormat.CSV) {
            checkColumns();
        }
        Source.Stamp stamp = new StampSection(section, tasks, hasPlaces ? places : null).read();
        Source.Fields fields = hasPlaces
                ? new FieldsSection(section, format, places, form.cloudEvents(), maxChars).read()
                : Source.Fields.NONE;
        return new Source(topic, form, stamp, fields, sample());
    }

    private Sample sample() {
        return new Sample(section.number("sample", 1, 0, 1));
    }

    private Source.Form form(TopicFormat encoding, boolean cloudEvents) {
        return new Source.Form(format, encoding, columns, cloudEvents);
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
}
