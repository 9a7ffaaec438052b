package dev.forebay.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.TopologyState;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ProcessorsMetricsTest {
    private static final Path PAGE = Path.of("../processors/docs/delivery.md");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<List<TopologyState>> states = new AtomicReference<>(List.of(
            new TopologyState("intake", Optional.empty(), 0), new TopologyState("verdict", Optional.empty(), 0)));

    @Test
    void topologyThatWaitsIsToldFromTheOneThatRuns() {
        ProcessorsMetrics.bind(registry, states::get);
        states.set(List.of(
                new TopologyState("intake", Optional.of("a right"), 3),
                new TopologyState("verdict", Optional.empty(), 0)));

        assertThat(registry.scrape())
                .contains("forebay_processors_waiting{topology=\"intake\"} 1.0")
                .contains("forebay_processors_waiting{topology=\"verdict\"} 0.0")
                .contains("forebay_processors_replacements_total{topology=\"intake\"} 3.0")
                .contains("forebay_processors_replacements_total{topology=\"verdict\"} 0.0");
    }

    @Test
    void pageHasTheMetricsWithTheirDescriptions() throws IOException {
        ProcessorsMetrics.bind(registry, states::get);
        String page = Files.readString(PAGE);

        List<String> help = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# HELP "))
                .toList();
        assertThat(help).hasSize(2);
        for (String line : help) {
            String[] words = line.split(" ", 4);
            assertThat(page).containsPattern("\\| `" + words[2] + "` \\| [a-z]+ \\| " + words[3] + " \\|");
        }
    }
}
