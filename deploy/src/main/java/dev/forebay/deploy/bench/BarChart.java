package dev.forebay.deploy.bench;

import java.util.List;

/** Bars with their lowest and highest sample as a whisker, longest scale on the right. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LABELS = 210;
    private static final int VALUES = 130;
    private static final int ROW = 34;
    private static final int BAR = 18;

    private BarChart() {}

    /**
     * One bar.
     *
     * @param style its colour, {@code c0} to {@code c4}
     */
    record Bar(String label, Measured measured, String style) {}

    static String of(String title, Figure.Unit unit, List<Bar> bars) {
        double highest =
                bars.stream().mapToDouble(bar -> bar.measured().highest()).max().orElse(1);
        double scale = (WIDTH - LABELS - VALUES) / Math.max(highest, Double.MIN_NORMAL);
        Svg svg = new Svg(WIDTH, title);
        double y = 8;
        for (Bar bar : bars) {
            double middle = y + BAR / 2.0;
            double end = LABELS + bar.measured().median() * scale;
            svg.text(LABELS - 10, middle + 4, "end", "t", bar.label());
            svg.rect(LABELS, y, end - LABELS, BAR, bar.style());
            if (bar.measured().samples().size() > 1) {
                double low = LABELS + bar.measured().lowest() * scale;
                double high = LABELS + bar.measured().highest() * scale;
                svg.line(low, middle, high, middle, "w")
                        .line(low, middle - 4, low, middle + 4, "w")
                        .line(high, middle - 4, high, middle + 4, "w");
            }
            double right = LABELS + bar.measured().highest() * scale;
            svg.text(
                    right + 8,
                    middle + 4,
                    "start",
                    "t",
                    unit.show(bar.measured().median()) + " " + unit.label());
            y += ROW;
        }
        return svg.done((int) y);
    }
}
