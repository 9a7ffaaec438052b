package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class BenchCommandTest {
    private static final int CONTENDERS = 8;

    @Test
    void overheadIsMeasuredWithoutAModel() {
        CapturedConsole bench = CapturedConsole.run("bench", "--only", "overhead", "--tiny");

        assertThat(bench.code()).as("%s", bench.err()).isZero();
        assertThat(bench.out()).containsPattern("noop_records_per_second +[0-9]");
    }

    @Test
    void everyContenderAnswersEveryRequestAlike(@TempDir Path dir) throws IOException {
        Path json = dir.resolve("bench.json");
        Path html = dir.resolve("bench.html");

        CapturedConsole bench =
                CapturedConsole.run("bench", "--tiny", "--json", json.toString(), "--html", html.toString());

        assertThat(bench.code()).as("%s", bench.err()).isZero();
        JsonNode found = new ObjectMapper().readTree(json.toFile());
        List<String> absent = new ArrayList<>();
        found.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                absent.add(field.getKey());
            }
        });
        assertThat(absent).as("%s", bench.out()).containsExactly("vs_wlm");
        assertThat(found.at("/notes/vs_wlm").asText()).contains("not compared");
        assertThat(found.at("/more/lowest_cosine").asDouble()).isGreaterThan(0.999);
        assertThat(found.at("/raw/rounds")).hasSize(CONTENDERS);
        assertThat(found.at("/raw/rounds"))
                .allSatisfy(
                        round -> assertThat(round.at("/timed/records").asInt()).isEqualTo(24));
        assertThat(Files.readString(html)).contains("</html>");
    }

    @Test
    void tooFewRoundsAndUnknownPartsAreUsageErrors() {
        assertThat(CapturedConsole.run("bench", "--rounds", "4").err()).contains("at least 5");
        assertThat(CapturedConsole.run("bench", "--rounds", "4").code()).isEqualTo(2);
        assertThat(CapturedConsole.run("bench", "--only", "pipelin").err()).contains("Did you mean pipeline?");
    }
}
