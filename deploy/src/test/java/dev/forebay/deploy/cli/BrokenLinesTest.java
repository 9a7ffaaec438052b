package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.deploy.ShortTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty broken lines among good ones: each is accounted for by its code, and the good ones do not notice. */
final class BrokenLinesTest {
    private static final int GOOD = 300;
    /** Between two batches with the same text, in whichever variant this machine runs fastest. */
    private static final Offset<Double> TOLERANCE = Offset.offset(1e-2);

    /** What each broken line has to become; four times each. */
    private static final Map<String, byte[]> BROKEN = new TreeMap<>(Map.of(
            "malformed", bytes("\"never closed,x"),
            "invalid_utf8", new byte[] {'a', ' ', (byte) 0xc3, '(', ',', 'x'},
            "empty_text", bytes(" ,x"),
            "text_too_long", bytes("word ".repeat(200_000) + ",x"),
            "record_too_large", bytes("word ".repeat(400_000) + ",x")));

    @Test
    void brokenCsvLinesAreAccountedForAndGoodOnesUnchanged(@TempDir Path dir) throws IOException {
        Random random = new Random(20);
        List<byte[]> good = new ArrayList<>();
        for (int i = 0; i < GOOD; i++) {
            good.add(bytes("\"" + ShortTexts.text(random) + "\",row" + i));
        }
        List<byte[]> mixed = new ArrayList<>(good);
        BROKEN.values().forEach(line -> {
            for (int i = 0; i < 4; i++) {
                mixed.add(random.nextInt(mixed.size() + 1), line);
            }
        });

        QuickstartRun before = run(dir, "good.csv", good);
        QuickstartRun after = run(dir, "mixed.csv", mixed);

        Map<String, Integer> codes = new TreeMap<>();
        List<JsonNode> answered = new ArrayList<>();
        for (JsonNode ending : after.endings()) {
            if (ending.has("code")) {
                codes.merge(ending.get("code").asText(), 1, Integer::sum);
                assertThat(ending.get("message").asText()).isNotBlank();
            } else {
                answered.add(ending);
            }
        }
        assertThat(codes)
                .containsOnlyKeys(BROKEN.keySet())
                .allSatisfy((code, count) -> assertThat(count).as(code).isEqualTo(4));
        assertThat(answered).hasSize(GOOD);
        for (int i = 0; i < GOOD; i++) {
            Map<String, Double> expected = scores(before.endings().get(i));
            assertThat(scores(answered.get(i)))
                    .containsOnlyKeys(expected.keySet())
                    .allSatisfy((label, score) -> assertThat(score).isCloseTo(expected.get(label), TOLERANCE));
        }
        assertThat(after.endings())
                .extracting(ending -> ending.get("line").asInt())
                .isSorted();
    }

    private static Map<String, Double> scores(JsonNode ending) {
        Map<String, Double> scores = new TreeMap<>();
        ending.get("scores")
                .properties()
                .forEach(score -> scores.put(score.getKey(), score.getValue().asDouble()));
        return scores;
    }

    private static QuickstartRun run(Path dir, String name, List<byte[]> lines) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(bytes("body,row\n"));
        for (byte[] line : lines) {
            file.writeBytes(line);
            file.write('\n');
        }
        Path input = Files.write(dir.resolve(name), file.toByteArray());
        return QuickstartRun.of(
                dir, "--input", input.toString(), "--text", "body", "--labels", String.join(",", ShortTexts.LABELS));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
