package dev.forebay.deploy.quickstart;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The names in a CSV header, made unique: a column without a name, or with one that is taken, is called by its place. */
final class CsvColumns {
    private CsvColumns() {}

    static List<String> of(byte[] header) {
        List<String> columns = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(new String(header, StandardCharsets.UTF_8))) {
            for (CsvRecord record : reader) {
                for (String field : record.getFields()) {
                    String name = field.strip();
                    boolean usable = !name.isEmpty() && !columns.contains(name);
                    columns.add(usable ? name : "column " + (columns.size() + 1));
                }
                break;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(columns);
    }
}
