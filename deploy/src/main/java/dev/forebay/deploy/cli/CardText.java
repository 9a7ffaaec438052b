package dev.forebay.deploy.cli;

import dev.forebay.worker.models.ModelCard;
import java.util.Locale;

/** A model card for a person's eyes. */
final class CardText {
    private CardText() {}

    static String of(ModelCard card) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "name",
                card.name() + "@" + card.version() + ", " + card.variant().code());
        line(text, "architecture", card.architecture());
        line(text, "vector", card.dimension() + " numbers, window of " + card.maxTokens() + " tokens");
        line(text, "source", card.source().artifact() + ", " + card.source().licence());
        line(text, "source sha256", card.source().weightsSha256());
        line(
                text,
                "parity",
                String.format(
                        Locale.ROOT,
                        "largest difference %.1e, mean cosine %.6f over %d texts",
                        card.parity().largestDifference(),
                        card.parity().meanCosine(),
                        card.parity().texts()));
        line(text, "imported", card.importedAt());
        card.files().forEach((name, file) -> line(text, name, file.bytes() + " bytes, sha256 " + file.sha256()));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-14s %s%n", name + ":", value));
    }
}
