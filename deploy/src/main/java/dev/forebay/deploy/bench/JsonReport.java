package dev.forebay.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;

/** A bench as JSON: the figures at the top, and below them where, with what, how far apart and every raw number. */
final class JsonReport {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int DIGITS = 6;

    private JsonReport() {}

    static String of(BenchReport report) {
        ObjectNode root = JSON.createObjectNode();
        medians(root, report, Figure.main());
        medians(root.putObject("more"), report, Figure.more());
        ObjectNode spread = root.putObject("spread");
        report.figures().forEach((figure, measured) -> spread.putArray(figure.key())
                .add(rounded(measured.lowest()))
                .add(rounded(measured.highest())));
        ObjectNode notes = root.putObject("notes");
        report.notes().forEach((figure, note) -> notes.put(figure.key(), note));
        root.set("machine", tree(report.machine()));
        root.set("settings", tree(report.settings()));
        root.put("seconds", rounded(report.seconds()));
        root.set("raw", tree(report.findings()));
        return root.toPrettyString() + "\n";
    }

    private static void medians(ObjectNode into, BenchReport report, Set<Figure> figures) {
        for (Figure figure : figures) {
            Measured measured = report.figures().get(figure);
            if (measured == null) {
                into.putNull(figure.key());
            } else {
                into.put(figure.key(), rounded(measured.median()));
            }
        }
    }

    static JsonNode tree(Object record) {
        return JSON.valueToTree(record);
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue()
                : value;
    }
}
