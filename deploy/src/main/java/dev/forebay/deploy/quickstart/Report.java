package dev.forebay.deploy.quickstart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table at the end of a run. */
final class Report {
    /** More labels than this are cut to the most frequent ones. */
    private static final int MAX_LABELS = 20;

    private static final int NARROWEST = 24;
    private static final int WIDEST = 60;

    private final List<String> lines = new ArrayList<>();
    private final int width;

    private Report(Totals totals) {
        int longest =
                totals.labels().keySet().stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(NARROWEST, Math.min(WIDEST, longest));
    }

    static List<String> of(Summary summary) {
        Report report = new Report(summary.totals());
        report.counts(summary.totals());
        report.lines.add("");
        report.rates(summary);
        return report.lines;
    }

    private void counts(Totals totals) {
        lines.add(row("texts", totals.all()));
        lines.add(row("  results", totals.count(Status.RESULT)));
        lines.add(row("  review", totals.count(Status.REVIEW)));
        lines.add(row("  rejections", totals.count(Status.REJECTED)));
        lines.add(row("  dead letters", totals.count(Status.DEAD_LETTER)));
        if (!totals.codes().isEmpty()) {
            lines.add("");
            totals.codes().forEach((code, count) -> lines.add(row(code, count)));
        }
        if (!totals.labels().isEmpty()) {
            lines.add("");
            labels(totals.labels());
        }
    }

    private void labels(Map<String, Long> labels) {
        List<Map.Entry<String, Long>> ranked = new ArrayList<>(labels.entrySet());
        if (ranked.size() > MAX_LABELS) {
            ranked.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()));
        }
        List<Map.Entry<String, Long>> shown = ranked.subList(0, Math.min(MAX_LABELS, ranked.size()));
        shown.forEach(entry -> lines.add(row(entry.getKey(), entry.getValue())));
        if (shown.size() < ranked.size()) {
            long rest = ranked.subList(MAX_LABELS, ranked.size()).stream()
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            lines.add(row((ranked.size() - MAX_LABELS) + " more labels", rest));
        }
    }

    private void rates(Summary summary) {
        Totals totals = summary.totals();
        if (totals.compared() > 0) {
            lines.add(row("as a person labelled", "%.1f %%", 100.0 * totals.right() / totals.compared()));
        }
        lines.add(row("seconds", "%.1f", summary.seconds()));
        lines.add(row("texts/s", "%.0f", summary.textsPerSecond()));
        lines.add(row("tokens/s", "%.0f", summary.tokensPerSecond()));
        lines.add(row("mean batch size", "%.1f", summary.stats().meanBatchSize()));
        lines.add(row("padding share", "%.1f %%", 100 * summary.stats().paddingShare()));
        lines.add(row("latency p50 / p99", "%,d / %,d ms", summary.p50(), summary.p99()));
        lines.add("Latency is from the event's arrival in Kafka to its result read back, waiting included.");
    }

    private String row(String name, long count) {
        return row(name, "%,d", count);
    }

    private String row(String name, String format, Object... values) {
        return String.format(Locale.ROOT, "%-" + width + "s %12s", name, String.format(Locale.ROOT, format, values))
                .stripTrailing();
    }
}
