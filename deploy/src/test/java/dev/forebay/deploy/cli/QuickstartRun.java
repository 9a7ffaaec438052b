package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of {@code forebay quickstart --json} in this process, and what it left.
 *
 * @param endings the lines of the output file
 * @param summary the last line of standard output
 */
record QuickstartRun(List<JsonNode> endings, Map<String, Double> summary) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static QuickstartRun of(Path dir, String... options) throws IOException {
        Path output = dir.resolve("out.jsonl");
        List<String> arguments = new ArrayList<>(List.of("quickstart", "--json", "--output", output.toString()));
        arguments.addAll(List.of(options));
        CapturedConsole console = CapturedConsole.run(arguments.toArray(String[]::new));
        assertThat(console.code()).as("%s", console.err()).isZero();
        List<JsonNode> endings = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            endings.add(JSON.readTree(line));
        }
        String last =
                console.out().strip().lines().reduce((first, second) -> second).orElseThrow();
        Map<String, Double> summary = JSON.readValue(last, new TypeReference<>() {});
        QuickstartRun run = new QuickstartRun(endings, summary);
        assertThat(run.count("results") + run.count("review") + run.count("rejections") + run.count("dead_letters"))
                .isEqualTo(run.count("input"))
                .isEqualTo(endings.size());
        return run;
    }

    long count(String key) {
        Double value = summary.get(key);
        assertThat(value).as(key).isNotNull();
        return value == null ? 0 : value.longValue();
    }
}
