package dev.forebay.processors.redact;

import dev.forebay.processors.redact.PiiTexts.Labelled;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
        Redactor names = Redactors.withNames();
        PiiScores known = PiiScores.of(names, NameTexts.withKnown(seed, count));
        PiiScores others = PiiScores.of(names, NameTexts.withNew(seed, count));

        System.out.printf("%d texts, seed %d%n", count, seed);
        System.out.println("| type | texts | places | precision | recall |");
        System.out.println("|---|---|---|---|---|");
        scores.rows().forEach((kind, row) -> print(kind, row, !kind.contains(",")));
        print("name", known.row("name"), true);
        print("name (new to the model)", others.row("name"), true);
        if (Boolean.getBoolean("forebay.pii.mistakes")) {
            Stream.of(scores, known, others)
                    .forEach(all -> all.mistakes().stream().sorted().forEach(System.out::println));
        }
    }

    private static void print(String kind, PiiScores.Counts row, boolean precision) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %s | %.3f |%n",
                kind,
                row.records(),
                row.labels(),
                precision ? String.format(Locale.ROOT, "%.3f", row.precision()) : "",
                row.recall());
    }
}
