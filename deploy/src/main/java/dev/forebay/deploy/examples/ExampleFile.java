package dev.forebay.deploy.examples;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.connectors.archive.ArchiveReader;
import dev.forebay.connectors.archive.ArchiveRecord;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.examples.Examples.Columns;
import dev.forebay.deploy.quickstart.InputFile;
import dev.forebay.deploy.quickstart.QuickstartOptions;
import dev.forebay.processors.format.CsvFormat;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.Notation;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One file of examples. */
final class ExampleFile {
    private static final String TASK = "task";

    private final InputFile file;
    private final EventFormat format;
    private final Place text;
    private final Place label;
    private final Place task;

    private ExampleFile(InputFile file, EventFormat format, Notation notation, String label) {
        this.file = file;
        this.format = format;
        this.text = notation.place(file.place());
        this.label = notation.place(label);
        this.task = notation.place(file.format() == ArchiveFormat.JSONL ? "/" + TASK : TASK);
    }

    static ExampleFile open(Path path, Columns columns) {
        InputFile file =
                InputFile.of(new QuickstartOptions.Source(Optional.of(path), Optional.empty(), columns.text()));
        return switch (file.format()) {
            case CSV -> {
                if (!file.columns().contains(columns.label())) {
                    throw new UsageException("There is no column " + columns.label() + " in " + path
                            + ". Name that of the label: --label FIELD; there are: "
                            + String.join(", ", file.columns()) + ".");
                }
                yield new ExampleFile(
                        file, new CsvFormat(file.columns()), new Notation.Columns(file.columns()), columns.label());
            }
            case JSONL -> new ExampleFile(file, new JsonFormat(), new Notation.Pointers(), pointer(columns.label()));
            case TEXT ->
                throw new UsageException(
                        path + " has texts without labels. Give a CSV or JSONL file with a text and a label.");
        };
    }

    private static String pointer(String field) {
        return field.startsWith("/") ? field : "/" + field.replace("~", "~0").replace("/", "~1");
    }

    /** @param each is given an example, with the task that it names, if any */
    void forEach(BiConsumer<Example, Optional<String>> each) {
        try (ArchiveReader reader = ArchiveReader.open(file.path(), file.format(), InputFile.MAX_RECORD_BYTES)) {
            for (ArchiveRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.cut()) {
                    throw wrong(record, "is longer than " + InputFile.MAX_RECORD_BYTES + " bytes");
                }
                if (record.size() > 0) {
                    accept(record, each);
                }
            }
        } catch (IOException e) {
            throw FailedException.of(file.path() + " cannot be read", e);
        }
    }

    private void accept(ArchiveRecord record, BiConsumer<Example, Optional<String>> each) {
        Value value = format.parse(record.bytes()).fold(good -> good.value(), bad -> {
            throw wrong(record, "is no record: " + bad.message());
        });
        Value ofTask = task.in(value);
        each.accept(
                new Example(present(record, value, text, "--text"), present(record, value, label, "--label")),
                ofTask.kind().isScalar() ? Optional.of(ofTask.printed()) : Optional.empty());
    }

    private String present(ArchiveRecord record, Value value, Place place, String option) {
        Value found = place.in(value);
        String printed = found.kind().isScalar() ? found.printed().strip() : "";
        if (printed.isEmpty()) {
            throw wrong(
                    record,
                    "has nothing at " + place.written() + ". Correct it, take it out, or name another field with "
                            + option);
        }
        return printed;
    }

    private UsageException wrong(ArchiveRecord record, String what) {
        return new UsageException("Line " + record.line() + " of " + file.path() + " " + what + ".");
    }
}
