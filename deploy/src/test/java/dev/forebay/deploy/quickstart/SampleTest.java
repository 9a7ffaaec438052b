package dev.forebay.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleTest {
    @TempDir
    private Path directory;

    @Test
    void bundledMessagesAreAtLeast200DifferentOnesWithFiveKnownLabels() throws IOException {
        InputFile sample = Sample.unpack(directory);
        List<NamedCsvRecord> rows;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(sample.path())) {
            rows = reader.stream().toList();
        }

        Map<String, Long> labels = rows.stream()
                .collect(Collectors.groupingBy(row -> row.getField(Sample.LABEL_COLUMN), Collectors.counting()));
        assertThat(sample.count()).isEqualTo(rows.size()).isGreaterThanOrEqualTo(200);
        assertThat(rows.stream().map(row -> row.getField("text")).distinct()).hasSameSizeAs(rows);
        assertThat(labels.keySet()).isEqualTo(Sample.labels().keySet()).hasSize(5);
        assertThat(labels.values()).allMatch(count -> count >= 40);
    }
}
