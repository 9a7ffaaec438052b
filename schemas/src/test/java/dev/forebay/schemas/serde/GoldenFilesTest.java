package dev.forebay.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.registry.MemoryRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFilesTest {
    static Stream<Arguments> everyFile() {
        return GoldenFiles.versions().stream().flatMap(version -> GoldenFiles.examples().entrySet().stream()
                .filter(example -> Files.exists(version.resolve(example.getKey() + ".bin")))
                .map(example -> Arguments.of(version, example.getKey(), example.getValue())));
    }

    static Stream<Arguments> newestFiles() {
        List<Path> versions = GoldenFiles.versions();
        return GoldenFiles.examples().entrySet().stream()
                .map(example -> Arguments.of(versions.get(versions.size() - 1), example.getKey(), example.getValue()));
    }

    @ParameterizedTest
    @MethodSource("newestFiles")
    void todaysSchemasAndBytesAreThoseOfTheNewestVersion(Path version, String name, SpecificRecord example)
            throws IOException {
        assertThat(GoldenFiles.schema(example))
                .as("run GoldenFiles to add a version; never edit one")
                .isEqualTo(GoldenFiles.schema(version, example));
        assertThat(GoldenFiles.encoded(example, TopicFormat.AVRO))
                .isEqualTo(Files.readAllBytes(version.resolve(name + ".bin")));
        assertThat(new String(GoldenFiles.encoded(example, TopicFormat.JSON), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(version.resolve(name + ".json")));
    }

    @ParameterizedTest
    @MethodSource("newestFiles")
    void theNewestBytesAreTheExamples(Path version, String name, SpecificRecord example) throws IOException {
        assertThat(decoded(version, name, example, TopicFormat.AVRO)).isEqualTo(new Decoded.Good<>(example));
        assertThat(decoded(version, name, example, TopicFormat.JSON)).isEqualTo(new Decoded.Good<>(example));
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void everyVersionIsStillRead(Path version, String name, SpecificRecord example) throws IOException {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(
                                GoldenFiles.schema(example), GoldenFiles.schema(version, example))
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(decoded(version, name, example, TopicFormat.AVRO)).isInstanceOf(Decoded.Good.class);
        assertThat(decoded(version, name, example, TopicFormat.JSON)).isInstanceOf(Decoded.Good.class);
    }

    private static Decoded<SpecificRecord> decoded(
            Path version, String name, SpecificRecord example, TopicFormat format) throws IOException {
        MemoryRegistry registry = new MemoryRegistry();
        Schema writer = GoldenFiles.schema(version, example);
        assertThat(registry.idOf("whatever", writer)).isEqualTo(1);
        String extension = format == TopicFormat.AVRO ? ".bin" : ".json";
        return GoldenFiles.codec(registry, example, format)
                .decode(Files.readAllBytes(version.resolve(name + extension)));
    }
}
