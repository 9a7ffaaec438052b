package dev.forebay.deploy.bench;

import java.util.List;
import java.util.Locale;

/** Latency over percentiles, a line each; the scale of time is logarithmic. */
final class PercentileChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 40;
    private static final int LEGEND_ROW = 18;

    private final List<Line> lines;
    private final double low;
    private final double high;

    /**
     * One line.
     *
     * @param colour 0 to 4
     */
    record Line(String label, Latencies latencies, int colour) {}

    private PercentileChart(List<Line> lines) {
        this.lines = lines;
        this.low = Math.pow(10, Math.floor(Math.log10(Math.max(0.1, extreme(true)))));
        this.high = Math.pow(10, Math.ceil(Math.log10(Math.max(low * 10, extreme(false)))));
    }

    static String of(String title, List<Line> lines) {
        return new PercentileChart(lines).draw(new Svg(WIDTH, title));
    }

    private double extreme(boolean lowest) {
        var values = lines.stream()
                .flatMap(line -> line.latencies().curve().stream())
                .mapToDouble(Latencies.Point::millis);
        return (lowest ? values.min() : values.max()).orElse(1);
    }

    private String draw(Svg svg) {
        for (double decade = low; decade <= high * 1.001; decade *= 10) {
            svg.line(LEFT, y(decade), WIDTH - RIGHT, y(decade), "g");
            svg.text(LEFT - 8, y(decade) + 4, "end", "s", shown(decade) + " ms");
        }
        List<Latencies.Point> places = lines.get(0).latencies().curve();
        for (int i = 0; i < places.size(); i++) {
            svg.text(
                    x(i, places.size()),
                    HEIGHT - BOTTOM + 18,
                    "middle",
                    "s",
                    "p" + shown(places.get(i).percentile()));
        }
        for (int row = 0; row < lines.size(); row++) {
            Line line = lines.get(row);
            svg.path(points(line.latencies().curve()), "l" + line.colour());
            double legend = HEIGHT + row * LEGEND_ROW;
            svg.rect(LEFT, legend - 9, 22, 4, "c" + line.colour());
            svg.text(LEFT + 30, legend - 3, "start", "t", line.label());
        }
        return svg.done(HEIGHT + lines.size() * LEGEND_ROW);
    }

    private String points(List<Latencies.Point> curve) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.size(); i++) {
            double x = x(i, curve.size());
            points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", x, y(curve.get(i).millis())));
        }
        return points.toString().strip();
    }

    private static double x(int place, int places) {
        return LEFT + 20 + (WIDTH - LEFT - RIGHT - 40.0) * place / Math.max(1, places - 1);
    }

    private double y(double millis) {
        double part = Math.log(Math.max(low, millis) / low) / Math.log(high / low);
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
