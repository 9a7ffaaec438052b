package dev.forebay.processors.redact;

import dev.forebay.processors.redact.PiiTexts.Labelled;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Prints precision and recall on the synthetic set; run by name: {@code -Dtest=PiiMeasurement}. {@code forebay.pii.texts}
 * and {@code forebay.pii.seed} choose the set, {@code forebay.pii.mistakes} prints what went wrong.
 */
final class PiiMeasurement {
    @Test
    void printsPrecisionAndRecallByType() {
        int count = Integer.getInteger("forebay.pii.texts", 4_000);
        long seed = Long.getLong("forebay.pii.seed", 2);
        List<Labelled> texts = PiiTexts.of(seed, count);

        PiiScores scores = PiiScores.of(Redactors.all(), texts);

        System.out.printf("%d texts, seed %d%n", count, seed);
        System.out.println("| type | texts | places | precision | recall |");
        System.out.println("|---|---|---|---|---|");
        scores.rows().forEach(PiiMeasurement::print);
        PiiScores names = PiiScores.of(Redactors.withNames(), NameTexts.of(seed, count));
        names.rows().entrySet().stream()
                .filter(row -> row.getKey().startsWith("name"))
                .forEach(row -> print(row.getKey(), row.getValue()));
        if (Boolean.getBoolean("forebay.pii.mistakes")) {
            scores.mistakes().stream().sorted().forEach(System.out::println);
            names.mistakes().stream().sorted().forEach(System.out::println);
        }
    }

    private static void print(String kind, PiiScores.Counts row) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %s | %.3f |%n",
                kind,
                row.records(),
                row.labels(),
                kind.contains(",") ? "" : String.format(Locale.ROOT, "%.3f", row.precision()),
                row.recall());
    }
}
