package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The texts of a bench, no two of them equal: a file's lines, or the generated mix.
 *
 * @param source {@code generated} or {@code file}
 */
record BenchTexts(List<String> texts, String source) {
    /** For measurements by time, which cannot say beforehand how many they need. */
    private static final int SPARE = 20_000;

    private static final int FEWEST = 8;

    static BenchTexts generated(Model model, int count, long seed) {
        TextMix mix = new TextMix(
                texts -> model.tokenize(texts).stream().map(Tokens::count).toList());
        return new BenchTexts(mix.texts(count + SPARE, seed), "generated");
    }

    /** @throws UsageException where there are too few */
    static BenchTexts lines(Path file) {
        try {
            List<String> texts = Files.readAllLines(file).stream()
                    .map((UnaryOperator<String>) String::strip)
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
            if (texts.size() < FEWEST) {
                throw new UsageException(
                        "--texts " + file + " has " + texts.size() + " different lines; take at least " + FEWEST + ".");
            }
            return new BenchTexts(texts, "file");
        } catch (IOException e) {
            throw FailedException.of("--texts cannot be read", e);
        }
    }

    /** Any number of texts: from the end on they begin anew, with a number in front that keeps them apart. */
    String at(int index) {
        String text = texts.get(index % texts.size());
        return index < texts.size() ? text : index / texts.size() + " " + text;
    }

    List<String> first(int count) {
        return texts.subList(0, Math.min(count, texts.size()));
    }
}
