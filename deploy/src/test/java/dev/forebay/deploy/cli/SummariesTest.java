package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long texts become three of their own sentences, each cited by the exact characters where it stands. */
final class SummariesTest {
    private static final int TEXTS = 200;

    @Test
    void summariesQuoteTheirSource(@TempDir Path dir) throws IOException {
        Random random = new Random(200);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            texts.add(LongTexts.text(random, 20 + random.nextInt(10)));
        }
        Path input = Files.write(dir.resolve("long.txt"), texts);

        QuickstartRun run = QuickstartRun.of(dir, "--input", input.toString(), "--task", "summarize");

        assertThat(run.count("results")).isEqualTo(TEXTS);
        for (int i = 0; i < TEXTS; i++) {
            JsonNode ending = run.endings().get(i);
            assertThat(ending.get("line").asInt()).isEqualTo(i + 1);
            assertThat(ending.get("spans")).hasSize(3);
            List<String> quoted = new ArrayList<>();
            int last = 0;
            for (JsonNode span : ending.get("spans")) {
                assertThat(span.get("start").asInt()).isGreaterThanOrEqualTo(last);
                last = span.get("end").asInt();
                quoted.add(codePoints(texts.get(i), span.get("start").asInt(), last));
            }
            assertThat(String.join(" ", quoted)).isEqualTo(ending.get("summary").asText());
            assertThat(quoted).allSatisfy(sentence -> assertThat(sentence).matches("(?s)\\S.*[.!?]"));
        }
    }

    private static String codePoints(String text, int start, int end) {
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
