package dev.forebay.connectors.archive;

import static dev.forebay.connectors.archive.Archives.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchiveSourceConnectorTest {
    @TempDir
    Path directory;

    private final ArchiveSourceConnector connector = new ArchiveSourceConnector();

    @Test
    void oneFileIsOneTask() throws IOException {
        Map<String, String> config = config();

        connector.start(config);

        assertThat(connector.taskConfigs(8)).containsExactly(config);
        assertThat(connector.taskClass()).isEqualTo(ArchiveSourceTask.class);
        assertThat(connector.exactlyOnceSupport(config)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        connector.stop();
    }

    @Test
    void connectFindsTheConnectorWithoutScanning() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(ArchiveSourceConnector.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file             | missing.csv | there is no such file
                    file             | .           | directory
                    file             | ''          | name the file
                    format           | xml         | use one of csv, jsonl, text
                    topic            | my topic    | letters, digits
                    max.record.bytes | 0           | at least 1
                    batch.size       | many        | Not a number
                    """)
    void aProblemNamesKeyValueAndFix(String key, String value, String fix) throws IOException {
        Map<String, String> config = config();
        config.put(key, value);

        assertThat(problems(config)).first().asString().contains(key, value, fix);
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThat(problems(Map.of(ArchiveConfig.FORMAT, "xml")))
                .anySatisfy(problem -> assertThat(problem).contains("file", "no default"))
                .anySatisfy(problem -> assertThat(problem).contains("format", "csv"))
                .anySatisfy(problem -> assertThat(problem).contains("topic", "no default"));
    }

    private List<String> problems(Map<String, String> config) {
        return connector.validate(config).configValues().stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();
    }

    private Map<String, String> config() throws IOException {
        Path file = write(directory.resolve("a.csv"), "id\n1\n");
        return new HashMap<>(Map.of(
                ArchiveConfig.FILE, file.toString(), ArchiveConfig.FORMAT, "csv", ArchiveConfig.TOPIC, "events"));
    }
}
