package dev.forebay.processors.names;

import dev.forebay.processors.event.Sha256;
import dev.forebay.processors.names.NameTraining.Example;
import dev.forebay.processors.names.NameTraining.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A name finder that a test trains in a moment: persons and cities in a few plain sentences. */
public final class SmallModel {
    private static final List<String> FIRST = List.of("Anna", "Peter", "Olga", "Yuki", "José", "Zoë", "Max", "Chloé");
    private static final List<String> LAST =
            List.of("Meier", "Smith", "Rossi", "Novák", "O'Brien", "Jansen", "Ó Dálaigh");
    private static final List<String> CITY = List.of("Berlin", "Paris", "Oslo", "Bad Homburg", "New York");
    private static final List<String> SENTENCES = List.of(
            "My name is %s and I live in %c.",
            "Dear %s, your parcel is on its way to %c.",
            "Please call %s about the refund!",
            "Is there a shop in %c?",
            "My colleague %s has written twice.\n\nBest regards,\n%s",
            "The app shows an error since May.",
            "Your Support Team has not answered.");
    private static final byte[] FILE = NameTraining.train(examples(1, 400));

    private SmallModel() {}

    /** The file, of the entities {@code person} and {@code city}. */
    public static byte[] file() {
        return FILE.clone();
    }

    /** Written into a directory: the keys of a model of {@code intake.redaction.models}. */
    public static Map<String, Object> keys(Path directory, String type, String entity) {
        try {
            Path file = Files.write(directory.resolve("names.bin"), FILE);
            return Map.of("type", type, "entity", entity, "file", file.toString(), "sha256", sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as YAML. */
    public static String yaml(Path directory, String type, String entity) {
        return keys(directory, type, entity).entrySet().stream()
                .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    public static String sha256() {
        return HexFormat.of().formatHex(Sha256.of(FILE));
    }

    static List<Example> examples(long seed, int count) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            List<Place> names = new ArrayList<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                add(random, text.isEmpty() ? text : text.append(' '), names);
            }
            examples.add(new Example(text.toString(), names));
        }
        return examples;
    }

    private static void add(Random random, StringBuilder text, List<Place> names) {
        String sentence = pick(random, SENTENCES);
        int done = 0;
        for (int i = sentence.indexOf('%'); i >= 0; i = sentence.indexOf('%', done)) {
            boolean person = sentence.charAt(i + 1) == 's';
            String name = person ? pick(random, FIRST) + " " + pick(random, LAST) : pick(random, CITY);
            text.append(sentence, done, i);
            names.add(new Place(person ? "person" : "city", text.length(), text.length() + name.length()));
            text.append(name);
            done = i + 2;
        }
        text.append(sentence, done, sentence.length());
    }

    private static String pick(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
