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
    private final AtomicReference<List<TopologyState>> states =
            new AtomicReference<>(List.of(state("intake", Optional.empty(), 0), state("verdict", Optional.empty(), 0)));

    @Test
    void topologyThatWaitsIsToldFromTheOneThatRuns() {
        ProcessorsMetrics.bind(registry, states::get, () -> 5L);
        states.set(List.of(
                new TopologyState("intake", Optional.of("a right"), 3, Optional.of(7L), 2),
                state("verdict", Optional.empty(), 0)));

        assertThat(registry.scrape())
                .contains("forebay_processors_waiting{topology=\"intake\"} 1.0")
                .contains("forebay_processors_waiting{topology=\"verdict\"} 0.0")
                .contains("forebay_processors_replacements_total{topology=\"intake\"} 3.0")
                .contains("forebay_processors_policy_version{topology=\"intake\"} 7.0")
                .contains("forebay_processors_policy_version{topology=\"verdict\"} -1.0")
                .contains("forebay_processors_policy_refused_total{topology=\"intake\"} 2.0")
                .contains("forebay_processors_replacements_total{topology=\"verdict\"} 0.0")
                .contains("forebay_processors_uncalibrated_total 5.0");
    }

    private static TopologyState state(String name, Optional<String> waitingFor, long replacements) {
        return new TopologyState(name, waitingFor, replacements, Optional.empty(), 0);
    }

    @Test
    void pageHasTheMetricsWithTheirDescriptions() throws IOException {
        ProcessorsMetrics.bind(registry, states::get, () -> 5L);
        String page = Files.readString(PAGE);

        List<String> help = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# HELP "))
                .toList();
        assertThat(help).hasSize(5);
        for (String line : help) {
            String[] words = line.split(" ", 4);
            assertThat(page).containsPattern("\\| `" + words[2] + "` \\| [a-z]+ \\| " + words[3] + " \\|");
        }
    }
}
