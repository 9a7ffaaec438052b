package dev.forebay.deploy.quickstart;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.connectors.archive.ArchiveReader;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file with the texts, looked at before anything starts.
 *
 * @param place of the text in a record, in the notation of the intake; empty for plain texts
 * @param columns of a CSV file
 */
public record InputFile(Path path, ArchiveFormat format, String place, List<String> columns) {
    public static final int MAX_RECORD_BYTES = 1 << 20;

    /** @throws UsageException where the file or the field is not there, naming the fields there are */
    public static InputFile of(QuickstartOptions.Source source) {
        Path path = source.input().orElseThrow();
        if (!Files.exists(path)) {
            throw new UsageException("There is no file " + path + ".");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new UsageException(path + " is not a file that can be read.");
        }
        ArchiveFormat format = source.format().orElseGet(() -> guess(path));
        return switch (format) {
            case CSV -> csv(path, source.text());
            case JSONL -> new InputFile(path, format, JsonFields.place(path, source.text()), List.of());
            case TEXT -> text(path, source.text());
        };
    }

    /** How many records it has. Reads all of it, and so also finds a file that ends too early. */
    long count() {
        try (ArchiveReader reader = ArchiveReader.open(path, format, MAX_RECORD_BYTES)) {
            long count = 0;
            try {
                while (reader.next() != null) {
                    count++;
                }
            } catch (IOException e) {
                throw new FailedException(
                        path + " cannot be read from line " + reader.position().line() + " on: " + e.getMessage(), e);
            }
            return count;
        } catch (IOException e) {
            throw FailedException.of(path + " cannot be read", e);
        }
    }

    private static ArchiveFormat guess(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".csv")) {
            return ArchiveFormat.CSV;
        }
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
            return ArchiveFormat.JSONL;
        }
        if (plain.endsWith(".txt")) {
            return ArchiveFormat.TEXT;
        }
        throw new UsageException("The name of " + path
                + " does not tell its format. Add --format csv, --format jsonl or --format text.");
    }

    private static InputFile csv(Path path, Optional<String> text) {
        try (ArchiveReader reader = ArchiveReader.open(path, ArchiveFormat.CSV, MAX_RECORD_BYTES)) {
            List<String> columns = CsvColumns.of(reader.csvHeader());
            if (columns.isEmpty()) {
                throw new UsageException(path + " has no header line; the first line of a CSV file names its columns.");
            }
            return new InputFile(path, ArchiveFormat.CSV, Fields.choose(path, columns, text), columns);
        } catch (CsvParseException e) {
            // its message quotes the file
            throw new UsageException(path
                    + " has no header line that is CSV: more follows after a closing quote. Is it a" + " CSV file?");
        } catch (IOException e) {
            throw FailedException.of(path + " cannot be read", e);
        }
    }

    private static InputFile text(Path path, Optional<String> text) {
        if (text.isPresent()) {
            throw new UsageException("A text file has no fields: each line is a text. Leave out --text.");
        }
        return new InputFile(path, ArchiveFormat.TEXT, "", List.of());
    }
}
