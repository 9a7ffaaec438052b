package dev.forebay.deploy.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The figures as lines for a terminal. */
final class TextTable {
    private static final String ROW = "%-42s %14s   %-26s %s";

    private TextTable() {}

    static List<String> of(BenchReport report) {
        String head = String.format(Locale.ROOT, ROW, "", "median", "lowest .. highest", "unit");
        Stream<String> rows = Stream.concat(Figure.main().stream(), Figure.more().stream())
                .filter(figure ->
                        report.figures().containsKey(figure) || report.notes().containsKey(figure))
                .map(figure -> row(figure, report));
        return Stream.concat(Stream.of(head), rows).toList();
    }

    private static String row(Figure figure, BenchReport report) {
        Measured measured = report.figures().get(figure);
        if (measured == null) {
            return String.format(
                            Locale.ROOT, ROW, figure.key(), "-", report.notes().get(figure), "")
                    .stripTrailing();
        }
        Figure.Unit unit = figure.unit();
        String spread = measured.samples().size() == 1
                ? ""
                : unit.show(measured.lowest()) + " .. " + unit.show(measured.highest());
        return String.format(Locale.ROOT, ROW, figure.key(), unit.show(measured.median()), spread, unit.label());
    }
}
