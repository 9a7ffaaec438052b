package dev.forebay.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A bench as one page: no script, no font, no picture that is not in the file. */
final class HtmlReport {
    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Forebay bench</title>
            <style>
            :root{color-scheme:light dark;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--back:#fff;--panel:#f6f8fa}
            @media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--panel:#151b23}}
            body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:56rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .4rem}p{margin:.4rem 0;color:var(--soft)}
            svg{max-width:100%;height:auto;display:block;margin:.6rem 0}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
            th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
            td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}code{font-size:.85em}
            .key{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.6rem;margin:1rem 0}
            .key div{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem}
            .key b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}.key span{color:var(--soft);font-size:.85rem}
            </style></head><body>
            """;

    private final BenchReport report;
    private final StringBuilder page = new StringBuilder(HEAD);

    private HtmlReport(BenchReport report) {
        this.report = report;
    }

    static String of(BenchReport report) {
        HtmlReport html = new HtmlReport(report);
        html.title();
        html.highlights();
        html.throughput();
        html.latency();
        html.overhead();
        html.growth();
        html.figures();
        html.surroundings();
        return html.page.append("</body></html>\n").toString();
    }

    private void title() {
        Machine machine = report.machine();
        page.append("<h1>Forebay bench</h1>\n");
        paragraph(String.format(
                Locale.ROOT,
                "%s, %d cores, %s, %s. All contenders ran in one process and one run, their rounds interleaved;"
                        + " bars are medians, whiskers the lowest and the highest round.",
                machine.cpu(),
                machine.cores(),
                report.settings().startedAt(),
                report.settings().version()));
    }

    private void highlights() {
        Map<Figure, String> words = Map.of(
                Figure.PIPELINE_VS_ENGINE, "of the engine's own ceiling, topic to topic",
                Figure.VS_ONE_PER_CALL, "times one call per record",
                Figure.VS_FIXED_BATCHES, "times fixed batches of 32",
                Figure.VS_ONNXRUNTIME, "times ONNX Runtime fp32",
                Figure.NOOP_RECORDS_PER_SECOND, "records a second without a model",
                Figure.P99_MS_AT_50_PERCENT, "ms p99 at half load");
        page.append("<div class=\"key\">\n");
        Figure.main().stream()
                .filter(figure -> words.containsKey(figure) && report.figures().containsKey(figure))
                .forEach(figure -> page.append("<div><b>")
                        .append(figure.unit().show(measured(figure).median()))
                        .append("</b><span>")
                        .append(words.get(figure))
                        .append("</span></div>\n"));
        page.append("</div>\n");
    }

    private void throughput() {
        List<BarChart.Bar> bars = new ArrayList<>();
        bar(bars, Figure.ENGINE_TEXTS_PER_SECOND, "engine alone, no Kafka", "c1");
        bar(bars, Figure.PIPELINE_TEXTS_PER_SECOND, "Forebay, topic to topic", "c0");
        bar(bars, Figure.EXACTLY_ONCE_TEXTS_PER_SECOND, "Forebay, exactly-once", "c0");
        bar(bars, Figure.PROCESSORS_TEXTS_PER_SECOND, "Forebay with processors", "c0");
        bar(bars, Figure.ONNXRUNTIME_TEXTS_PER_SECOND, "Forebay on ONNX Runtime fp32", "c3");
        bar(bars, Figure.FIXED_BATCHES_TEXTS_PER_SECOND, "fixed batches of 32", "c2");
        bar(bars, Figure.PARALLEL_CALLS_TEXTS_PER_SECOND, "one call per record, in parallel", "c2");
        bar(bars, Figure.ONE_PER_CALL_TEXTS_PER_SECOND, "one call per record", "c2");
        chart("Throughput", "Same texts, same model file, same threads.", Figure.Unit.TEXTS, bars);
    }

    private void latency() {
        List<PercentileChart.Line> lines = new ArrayList<>();
        for (LoadLevel level : report.findings().load()) {
            String label = String.format(
                    Locale.ROOT, "%d %% of capacity, %.1f requests/s", level.capacityPercent(), level.perSecond());
            lines.add(new PercentileChart.Line(label, level.latencies(), lines.size()));
        }
        percentiles("Latency under load", "From the intended send time to the answer read, random arrivals.", lines);
        LaneLoad.Found lanes = report.findings().lanes();
        if (lanes != null) {
            percentiles(
                    "Live requests beside a back-fill",
                    "The same live requests, alone and with bulk taking what is left.",
                    List.of(
                            new PercentileChart.Line("live alone", lanes.alone(), 0),
                            new PercentileChart.Line("live with bulk", lanes.withBulk(), 2)));
        }
        List<BarChart.Bar> bars = new ArrayList<>();
        bar(bars, Figure.DIRECT_CALL_P50_MS, "direct call of the model", "c1");
        bar(bars, Figure.KAFKA_ROUND_TRIP_P50_MS, "Kafka round trip, echo", "c1");
        bar(bars, Figure.SINGLE_REQUEST_P50_MS, "single request, Forebay", "c0");
        chart("One request a second", "Beside the two things it cannot do without.", Figure.Unit.MILLIS, bars);
    }

    private void overhead() {
        List<BarChart.Bar> bars = new ArrayList<>();
        bar(bars, Figure.NOOP_RECORDS_PER_SECOND, "worker, no-op model", "c0");
        chart("Overhead", "Records of 1 KB through a model that does nothing.", Figure.Unit.RECORDS, bars);
    }

    private void growth() {
        Map<Integer, List<Double>> peaks = report.findings().growth().stream()
                .collect(Collectors.groupingBy(
                        Growth.Size::factor,
                        TreeMap::new,
                        Collectors.mapping(Growth.Size::peakMegabytes, Collectors.toList())));
        List<BarChart.Bar> bars = new ArrayList<>();
        peaks.forEach(
                (factor, megabytes) -> bars.add(new BarChart.Bar("backlog x" + factor, new Measured(megabytes), "c0")));
        chart("Memory", "Highest live heap while the backlog is worked off.", Figure.Unit.MEGABYTES, bars);
    }

    private void figures() {
        page.append("<h2>Every figure</h2>\n<div class=\"wide\"><table><tr><th>figure</th><th>median</th>")
                .append("<th>lowest to highest</th><th>what it is</th></tr>\n");
        for (Figure figure : Figure.values()) {
            Measured measured = report.figures().get(figure);
            String note = report.notes().get(figure);
            if (measured != null) {
                Figure.Unit unit = figure.unit();
                row(
                        figure,
                        unit.show(measured.median()) + " " + unit.label(),
                        measured.samples().size() == 1
                                ? ""
                                : unit.show(measured.lowest()) + " to " + unit.show(measured.highest()),
                        figure.definition());
            } else if (note != null) {
                row(figure, "", "", note);
            }
        }
        page.append("</table></div>\n");
    }

    private void row(Figure figure, String median, String spread, String text) {
        page.append(String.format(
                "<tr><td><code>%s</code></td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>%n",
                figure.key(), median, spread, Svg.escaped(text)));
    }

    private void surroundings() {
        page.append("<h2>Where and with what</h2>\n<div class=\"wide\"><table>\n");
        fields(JsonReport.tree(report.machine()));
        fields(JsonReport.tree(report.settings()));
        page.append("</table></div>\n");
    }

    private void fields(JsonNode record) {
        record.properties()
                .forEach(field -> page.append(String.format(
                        "<tr><td>%s</td><td>%s</td></tr>%n",
                        Svg.escaped(field.getKey().replace('_', ' ')),
                        Svg.escaped(
                                field.getValue().isTextual()
                                        ? field.getValue().asText()
                                        : field.getValue().toString()))));
    }

    private void percentiles(String title, String text, List<PercentileChart.Line> lines) {
        if (!lines.isEmpty()) {
            heading(title, text);
            page.append(PercentileChart.of(title, lines));
        }
    }

    private void chart(String title, String text, Figure.Unit unit, List<BarChart.Bar> bars) {
        if (!bars.isEmpty()) {
            heading(title, text);
            page.append(BarChart.of(title, unit, bars));
        }
    }

    private void bar(List<BarChart.Bar> bars, Figure figure, String label, String style) {
        if (report.figures().containsKey(figure)) {
            bars.add(new BarChart.Bar(label, measured(figure), style));
        }
    }

    private Measured measured(Figure figure) {
        return Objects.requireNonNull(report.figures().get(figure));
    }

    private void heading(String title, String text) {
        page.append("<h2>").append(Svg.escaped(title)).append("</h2>\n");
        paragraph(text);
    }

    private void paragraph(String text) {
        page.append("<p>").append(Svg.escaped(text)).append("</p>\n");
    }
}
