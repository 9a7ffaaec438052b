package dev.forebay.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.Item;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class MicrometerMetricsTest {
    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\|.*\\| ([^|]+) \\|$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\w+) (.+)$");

    private long now;
    private final Tally tally = new Tally(2, () -> now);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WorkerState state = new WorkerState(
            7, 1_500_000_000L, 20, 4_096, 12, 3, 600, new BudgetState(512, 1_024, 1), 5, Map.of("reading", "no right"));
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry, tally::stats, () -> state);

    @Test
    void thePageNamesEveryMetricWithItsTypeAndMeaning() throws IOException {
        Map<String, String> onPage = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            onPage.put(row.group(1), row.group(2) + ": " + row.group(3));
        }

        Map<String, String> shown = new TreeMap<>();
        String scrape = registry.scrape();
        Matcher help = HELP.matcher(scrape);
        while (help.find()) {
            shown.put(help.group(1), help.group(2));
        }
        Matcher type = TYPE.matcher(scrape);
        while (type.find()) {
            // the largest value of a histogram comes as a gauge of its own, without a meaning of its own
            shown.computeIfPresent(type.group(1), (name, meaning) -> type.group(2) + ": " + meaning);
        }
        shown.keySet().removeIf(name -> name.endsWith("_max"));
        assertThat(shown).isEqualTo(onPage).hasSize(MetricName.values().length);
    }

    @Test
    void showsWhatTheTallyCounted() {
        tally.onward(metrics);
        Batch<String> batch = new Batch<>(
                List.of(new Item<>("", 10, 0, Item.NO_DEADLINE), new Item<>("", 6, 0, Item.NO_DEADLINE)),
                16,
                16,
                Batch.Reason.FULL);
        tally.waiting(1);
        tally.batchBegan(batch, 2_000_000);
        now = 3_000_000_000L;
        tally.batchEnded(batch, now);
        tally.looked(5, 4, 3);
        tally.lockLost();
        tally.answered();
        tally.refused(ReasonCode.EXPIRED);

        assertThat(registry.scrape().lines())
                .contains(
                        "forebay_batches_total{reason=\"full\"} 1.0",
                        "forebay_batches_total{reason=\"idle\"} 0.0",
                        "forebay_batch_items_bucket{le=\"2.0\"} 1",
                        "forebay_batch_wait_seconds_sum 0.002",
                        "forebay_model_padded_tokens_total 32.0",
                        "forebay_executor_busy_seconds_total 3.0",
                        "forebay_executor_idle_waiting_seconds_total 3.0",
                        "forebay_cache_hits_total 5.0",
                        "forebay_coalesced_total 4.0",
                        "forebay_cache_misses_total 3.0",
                        "forebay_locks_lost_total 1.0",
                        "forebay_outcomes_total{code=\"\",outcome=\"result\"} 1.0",
                        "forebay_outcomes_total{code=\"expired\",outcome=\"rejection\"} 1.0",
                        "forebay_queue_age_seconds 1.5",
                        "forebay_budget_tokens 512.0",
                        "forebay_budget_halvings_total 1.0",
                        "forebay_watermark_distance 12.0",
                        "forebay_suspects 5.0");
    }
}
