package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with nothing replaced: broker, registry, connector, processors, real weights on the real engine. */
final class QuickstartCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    @Test
    void bundledSampleIsClassifiedWhollyAndInOrder() throws IOException {
        Path output = directory.resolve("out.jsonl");

        CapturedConsole run = CapturedConsole.run("quickstart", "--output", output.toString(), "--json");

        assertThat(run.code()).as(run.err()).isZero();
        JsonNode summary = lastLine(run);
        List<JsonNode> lines = read(output);
        assertThat(summary.get("input").asLong()).isEqualTo(lines.size()).isGreaterThanOrEqualTo(200);
        assertThat(summary.get("results").asLong()).isEqualTo(lines.size());
        assertThat(summary.fieldNames())
                .toIterable()
                .containsExactly(
                        "input",
                        "results",
                        "review",
                        "rejections",
                        "dead_letters",
                        "seconds",
                        "texts_per_second",
                        "tokens_per_second",
                        "mean_batch_size",
                        "padding_share",
                        "p50_ms",
                        "p99_ms");
        assertThat(lines)
                .extracting(line -> line.get("line").asInt())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(lines).allMatch(line -> line.get("scores").size() == 5);
        assertThat(run.out()).contains("billing", "as a person labelled", "latency p50 / p99");
    }

    @Test
    void eachBrokenJsonLineEndsWithItsCodeAndItsNeighboursAreUntouched() throws IOException {
        Path input = directory.resolve("in.jsonl");
        byte[] broken = "{\"text\":\"caf?\"}".getBytes(StandardCharsets.UTF_8);
        broken[12] = (byte) 0xe9;
        List<byte[]> lines = new ArrayList<>();
        for (String line : List.of(
                "{\"text\":\"first\"}",
                "{\"text\":",
                "{\"id\":2}",
                "{\"text\":null}",
                "{\"text\":\"  \"}",
                "",
                "{\"text\":\"" + "a ".repeat(100_000) + "\"}",
                "{\"text\":\"" + "long ".repeat(220_000) + "\"}",
                "{\"text\":\"last\"}")) {
            lines.add(line.getBytes(StandardCharsets.UTF_8));
        }
        lines.add(4, broken);
        try (var out = Files.newOutputStream(input)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        Path output = directory.resolve("out.jsonl");

        CapturedConsole run = CapturedConsole.run(
                "quickstart", "--input", input.toString(), "--task", "embed", "--output", output.toString(), "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(read(output))
                .extracting(line -> line.path("code").asText(line.get("status").asText()))
                .containsExactly(
                        "result",
                        "malformed",
                        "field_missing",
                        "field_missing",
                        "invalid_utf8",
                        "empty_text",
                        "empty_text",
                        "text_too_long",
                        "record_too_large",
                        "result");
        assertThat(read(output).get(0).get("vector")).hasSize(384);
        JsonNode summary = lastLine(run);
        assertThat(summary.get("results").asInt()).isEqualTo(2);
        assertThat(summary.get("rejections").asInt()
                        + summary.get("dead_letters").asInt())
                .isEqualTo(8);
    }

    private static JsonNode lastLine(CapturedConsole run) throws IOException {
        return JSON.readTree(
                run.out().lines().reduce((former, latter) -> latter).orElseThrow());
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
