package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BenchDocumentTest {
    @Test
    void everyFigureAndEveryPartIsExplained() throws IOException {
        String page = Files.readString(Path.of("docs", "benchmarks.md"));

        for (Figure figure : Figure.values()) {
            assertThat(page).contains("`" + figure.key() + "`");
        }
        for (BenchPart part : BenchPart.values()) {
            assertThat(page).contains("`" + part.code() + "`");
        }
    }
}
