package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    private final Problems problems = new Problems();

    @TempDir
    private Path directory;

    @Test
    void aFileIsReadAsUtf8() throws IOException {
        Path file = directory.resolve("forebay.yaml");
        Files.writeString(file, "kafka:\n  client.id: é\n", StandardCharsets.UTF_8);

        assertThat(YamlFile.read(file, problems).section("kafka").string("client.id", ""))
                .isEqualTo("é");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aMissingFileIsAProblemLikeAnyOther() {
        Path file = directory.resolve("none.yaml");

        assertThat(YamlFile.read(file, problems).keys()).isEmpty();

        assertProblem("none.yaml: missing; allowed: a readable YAML file in UTF-8", "there is no such file");
    }

    @Test
    void aFileThatIsNotUtf8IsAProblem() throws IOException {
        Path file = directory.resolve("latin.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe9});

        assertThat(YamlFile.read(file, problems).keys()).isEmpty();

        assertProblem("latin.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a: 1\\na: 2              | found duplicate key a",
                "a: [1                    | test.yaml",
                "a: !!java.util.Date x    | test.yaml",
                "- a                      | Start with a section such as kafka:.",
                "just text                | Start with a section such as kafka:.",
                "~~                       | Start with a section such as kafka:.",
            })
    void whatIsNoMapIsAProblemThatSaysWhere(String yaml, String part) {
        YamlFile.parse(yaml.replace("\\n", "\n"), "test.yaml", problems);

        assertProblem(part);
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", Collections.nCopies(9, last))).append("]\n");
        }

        YamlFile.parse(bomb.toString(), "bomb.yaml", problems);

        assertProblem("bomb.yaml: 'not YAML'");
    }

    private void assertProblem(String... parts) {
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).toString()).contains(parts);
    }
}
