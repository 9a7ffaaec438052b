package dev.forebay.deploy.faults;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations as JSON lines in one file that is only ever appended to, faults among them. For any number of threads; a
 * line that was written is in the file even where the process ends at the next instruction.
 */
final class History implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter lines;

    private History(Path file, BufferedWriter lines) {
        this.file = file;
        this.lines = lines;
    }

    static History appendTo(Path file) {
        try {
            return new History(
                    file, Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Operation operation) {
        try {
            lines.write(JSON.writeValueAsString(operation));
            lines.write('\n');
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All operations so far, in the order in which they were added. */
    synchronized List<Operation> operations() {
        try {
            List<Operation> operations = new ArrayList<>();
            try (MappingIterator<Operation> all =
                    JSON.readerFor(Operation.class).readValues(file.toFile())) {
                all.forEachRemaining(operations::add);
            }
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
