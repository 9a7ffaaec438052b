package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    private static final Batching BATCHING = new Batching(10, 100, 900, 1_000, 1.98, 0.02);
    private static final Latencies LATENCIES =
            new Latencies(10, 4, 8, 9, 10, List.of(new Latencies.Point(50, 4), new Latencies.Point(100, 10)));
    private static final Findings NOTHING =
            new Findings(List.of(), List.of(), List.of(), List.of(), null, null, List.of());

    @Test
    void ratiosAreMediansOfTheRatiosOfRounds() {
        List<Round> rounds = new ArrayList<>();
        double[] engine = {1, 2, 1};
        double[] pipeline = {1.25, 2.5, 5};
        double[] exactlyOnce = {2.5, 2.5, 10};
        double[] onePerCall = {4, 4, 4};
        for (int round = 0; round < 3; round++) {
            rounds.add(round(BenchPart.ENGINE, round, engine[round]));
            rounds.add(round(BenchPart.PIPELINE, round, pipeline[round]));
            rounds.add(round(BenchPart.EXACTLY_ONCE, round, exactlyOnce[round]));
            rounds.add(round(BenchPart.ONE_PER_CALL, round, onePerCall[round]));
        }

        Map<Figure, Measured> figures =
                Figures.of(new Findings(rounds, List.of(), List.of(), List.of(), null, null, List.of()), 2);

        assertThat(median(figures, Figure.PIPELINE_TEXTS_PER_SECOND)).isEqualTo(40);
        assertThat(median(figures, Figure.PIPELINE_VS_ENGINE)).isCloseTo(0.8, within(1e-9));
        assertThat(median(figures, Figure.VS_ONE_PER_CALL)).isCloseTo(1.6, within(1e-9));
        assertThat(median(figures, Figure.EXACTLY_ONCE_VS_AT_LEAST_ONCE)).isCloseTo(0.5, within(1e-9));
        assertThat(median(figures, Figure.PADDING_SHARE)).isCloseTo(0.1, within(1e-9));
        assertThat(median(figures, Figure.DEVICE_IDLE_SHARE)).isCloseTo(0.01, within(1e-9));
        assertThat(figures).doesNotContainKeys(Figure.VS_FIXED_BATCHES, Figure.P99_MS_LIVE_ALONE, Figure.HEAP_MB_1X);
    }

    @Test
    void theRestIsReadOffItsOwnMeasurement() {
        Findings findings = new Findings(
                List.of(),
                List.of(4_000.0),
                List.of(new Timed(100_000, 2, 1, BATCHING)),
                List.of(new LoadLevel(20, 10, LATENCIES), new LoadLevel(50, 25, LATENCIES)),
                new SingleRequest.Found(List.of(9.0), List.of(5.0), List.of(3.0)),
                new LaneLoad.Found(LATENCIES, LATENCIES, 20, 60, 7),
                List.of(
                        new Growth.Size(1, 10, 1, List.of(40.0, 50.0)),
                        new Growth.Size(16, 160, 1, List.of(55.0, 45.0))));

        Map<Figure, Measured> figures = Figures.of(findings, 2);

        assertThat(median(figures, Figure.NOOP_RECORDS_PER_SECOND)).isEqualTo(50_000);
        assertThat(median(figures, Figure.NOOP_RECORDS_PER_SECOND_PER_CORE)).isEqualTo(25_000);
        assertThat(median(figures, Figure.NOOP_CPU_MICROS_PER_RECORD)).isEqualTo(10);
        assertThat(median(figures, Figure.P99_MS_AT_50_PERCENT)).isEqualTo(9);
        assertThat(median(figures, Figure.SINGLE_REQUEST_EXTRA_MS)).isEqualTo(1);
        assertThat(median(figures, Figure.BULK_SHARE)).isEqualTo(0.75);
        assertThat(median(figures, Figure.HEAP_MB_1X)).isEqualTo(50);
        assertThat(median(figures, Figure.HEAP_MB_16X)).isEqualTo(55);
    }

    @Test
    void keysOfTheJsonFileAreApi() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report(NOTHING)));

        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactly(
                        "engine_texts_per_second",
                        "pipeline_texts_per_second",
                        "pipeline_vs_engine",
                        "vs_one_per_call",
                        "vs_fixed_batches",
                        "vs_wlm",
                        "vs_onnxruntime",
                        "noop_records_per_second",
                        "p99_ms_at_50_percent",
                        "p99_ms_live_with_bulk",
                        "p99_ms_live_alone",
                        "device_idle_share",
                        "padding_share",
                        "heap_mb_1x",
                        "heap_mb_16x",
                        "more",
                        "spread",
                        "notes",
                        "machine",
                        "settings",
                        "seconds",
                        "raw");
        assertThat(json.get("vs_wlm").isNull()).isTrue();
    }

    @Test
    void rawNumbersAreInTheJsonFile() throws Exception {
        Findings findings = new Findings(
                List.of(round(BenchPart.PIPELINE, 0, 2.5)), List.of(), List.of(), List.of(), null, null, List.of());

        JsonNode json = new ObjectMapper().readTree(JsonReport.of(report(findings)));

        assertThat(json.get("pipeline_texts_per_second").asDouble()).isEqualTo(40);
        JsonNode round = json.at("/raw/rounds/0");
        assertThat(round.at("/contender").asText()).isEqualTo("pipeline");
        assertThat(round.at("/timed/seconds").asDouble()).isEqualTo(2.5);
        assertThat(round.at("/timed/batching/padded_tokens").asInt()).isEqualTo(1_000);
    }

    @Test
    void pageFetchesNothing() {
        Findings findings = new Findings(
                List.of(round(BenchPart.ENGINE, 0, 2), round(BenchPart.PIPELINE, 0, 2.5)),
                List.of(),
                List.of(new Timed(100_000, 2, 1, null)),
                List.of(new LoadLevel(50, 25, LATENCIES)),
                null,
                new LaneLoad.Found(LATENCIES, LATENCIES, 20, 60, 7),
                List.of(new Growth.Size(1, 10, 1, List.of(40.0))));

        String html = HtmlReport.of(report(findings));

        assertThat(html.replace(Svg.NAMESPACE, ""))
                .doesNotContain("http:", "https:", "<script", "src=", "url(", "@import");
        assertThat(html).contains("<svg", "pipeline_vs_engine", "AT&amp;T &lt;cpu&gt;", "prefers-color-scheme:dark");
    }

    private static BenchReport report(Findings findings) {
        Machine machine = new Machine(
                "AT&T <cpu>", 2, List.of(), 1, 1, "os", "jvm", List.of("Copy"), 0.1, Map.of("djl", "0.36.0"));
        Settings settings = new Settings(
                "forebay bench", "development", "", "2026-11-24", null, 2, 1, 1024, 64, 512, 2000, 5, 1, null);
        return new BenchReport(
                machine, settings, findings, Figures.of(findings, 2), Map.of(Figure.VS_WLM, "could not be had"), 1);
    }

    private static Round round(BenchPart part, int round, double seconds) {
        return new Round(part, round, new Timed(100, seconds, seconds, BATCHING), 1);
    }

    private static double median(Map<Figure, Measured> figures, Figure figure) {
        return Objects.requireNonNull(figures.get(figure), figure::key).median();
    }
}
