package dev.forebay.deploy.cli;

import java.util.List;
import java.util.stream.Stream;

/** Rows of texts as lines for a terminal: every column but the last as wide as its widest cell. */
final class TableText {
    private TableText() {}

    /** @param rows each with as many cells as there are titles */
    static List<String> of(List<String> titles, List<List<String>> rows) {
        int[] widths = new int[titles.size() - 1];
        Stream.concat(Stream.of(titles), rows.stream()).forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        return Stream.concat(Stream.of(titles), rows.stream())
                .map(cells -> line(cells, widths))
                .toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
        }
        return line.append(cells.get(widths.length)).toString();
    }
}
