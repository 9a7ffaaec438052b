package dev.forebay.processors.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences that were written for this project, so that no model has been trained on them. */
record Sentences(List<Sentence> all) {
    private static final Path FILE = Path.of("src/test/resources/language/sentences.txt");

    /** @param length {@code short}, {@code long}, or what they were made into */
    record Sentence(String code, String length, String text) {}

    static Sentences read() {
        List<Sentence> all = new ArrayList<>();
        String[] section = {"", ""};
        try {
            for (String line : Files.readAllLines(FILE)) {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.length() - 1).split(" ", -1);
                } else if (!line.startsWith("#")) {
                    all.add(new Sentence(section[0], section[1], line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sentences(all);
    }

    List<Sentence> of(String length) {
        return all.stream().filter(sentence -> sentence.length().equals(length)).toList();
    }

    /** The long ones of each language one after the other, over again until there are so many characters. */
    List<Sentence> joined(int chars) {
        Map<String, String> texts = new LinkedHashMap<>();
        of("long").forEach(sentence -> texts.merge(sentence.code(), sentence.text(), (a, b) -> a + " " + b));
        return texts.entrySet().stream()
                .map(entry -> new Sentence(
                        entry.getKey(),
                        "joined",
                        (entry.getValue() + " ").repeat(chars).substring(0, chars)))
                .toList();
    }
}
