package dev.forebay.schemas.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One map of a configuration file. Getters never throw: a bad value is noted as a {@link Problem} and the default (or a
 * harmless stand-in) is returned, so that reading goes on and finds the rest. {@link #done()} reports the keys that
 * nobody asked for.
 */
public final class Section {
    private final String path;
    private final Map<String, @Nullable Object> values;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, Map<?, ?> values, Problems problems) {
        this.path = path;
        this.values = byText(values);
        this.problems = problems;
    }

    /** A section with nothing in it: every getter gives its default. */
    public static Section empty(String path) {
        return new Section(path, Map.of(), new Problems());
    }

    /** A section over values that are already in memory. */
    public static Section of(Map<String, ?> values, Problems problems) {
        return new Section("", values, problems);
    }

    /** The full path of a key of this section, as problems name it. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** YAML reads a key such as {@code 7} as a number. */
    private static Map<String, @Nullable Object> byText(Map<?, ?> values) {
        Map<String, @Nullable Object> byText = new LinkedHashMap<>();
        values.forEach((key, value) -> byText.put(String.valueOf(key), value));
        return byText;
    }

    Map<?, ?> values() {
        return values;
    }

    public boolean has(String key) {
        known.add(key);
        return values.get(key) != null;
    }

    public boolean isSection(String key) {
        known.add(key);
        return values.get(key) instanceof Map;
    }

    /** The keys present, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Notes a problem with the value of a key of this section. */
    public void problem(String key, String allowed, String fix) {
        Object value = values.get(key);
        problems.add(pathOf(key), value == null ? "" : shown(key, value), allowed, fix);
    }

    public String string(String key, String fallback) {
        Object value = scalar(key);
        return value == null ? fallback : value.toString();
    }

    public @Nullable String optionalString(String key) {
        Object value = scalar(key);
        return value == null ? null : value.toString();
    }

    /** A value that has to be there; {@code example} is what the fix shows. */
    public String requiredString(String key, String example) {
        Object value = scalar(key);
        if (value == null || value.toString().isBlank()) {
            problem(key, "a text", "Add it, for example " + key + ": " + example + ".");
            return "";
        }
        return value.toString();
    }

    /** A legal Kafka topic name. */
    public String topicName(String key, String fallback) {
        String name = string(key, fallback);
        if (!name.matches("[a-zA-Z0-9._-]{1,249}") || name.equals(".") || name.equals("..")) {
            problem(key, "1 to 249 of a-z A-Z 0-9 . _ -", "Use a legal Kafka topic name.");
            return fallback;
        }
        return name;
    }

    public int integer(String key, int fallback, int min, int max) {
        return (int) number(key, fallback, min, max, Long::parseLong, "a whole number");
    }

    public long bytes(String key, long fallback, long min, long max) {
        return (long) number(
                key,
                (double) fallback,
                (double) min,
                (double) max,
                Quantity::bytes,
                "a size in bytes such as 1048576 or 1 MiB");
    }

    public double number(String key, double fallback, double min, double max) {
        return number(key, fallback, min, max, Double::parseDouble, "a number");
    }

    public boolean flag(String key, boolean fallback) {
        Object value = scalar(key);
        if (value == null) {
            return fallback;
        }
        if (value.toString().equals("true") || value.toString().equals("false")) {
            return value.toString().equals("true");
        }
        problem(key, "true or false", "Write " + key + ": " + fallback + ".");
        return fallback;
    }

    /** A duration such as {@code 250 ms}, {@code 30 s}, {@code 5 min}, {@code 1 h} or ISO-8601 {@code PT30S}. */
    public Duration duration(String key, Duration fallback) {
        Object value = scalar(key);
        if (value == null) {
            return fallback;
        }
        try {
            Duration duration = Quantity.duration(value.toString().strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            // noted below like a negative duration
        }
        problem(key, "a duration with its unit: ms, s, min, h or d", "Write for example " + key + ": 30 s.");
        return fallback;
    }

    /** A duration within two, both of which are allowed. */
    public Duration duration(String key, Duration fallback, Duration least, Duration most) {
        Duration given = duration(key, fallback);
        if (given.compareTo(least) >= 0 && given.compareTo(most) <= 0) {
            return given;
        }
        problem(
                key,
                "a duration from " + Quantity.words(least) + " to " + Quantity.words(most),
                "Write for example " + key + ": " + Quantity.words(fallback) + ".");
        return fallback;
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        Object value = scalar(key);
        if (value == null) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (spelling(constant).equals(value.toString())) {
                return constant;
            }
        }
        List<String> allowed =
                Arrays.stream(type.getEnumConstants()).map(Section::spelling).toList();
        problem(key, String.join(", ", allowed), suggestion(value.toString(), allowed));
        return fallback;
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> strings(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().noneMatch(Section::isContainer)) {
            return list.stream().map(String::valueOf).toList();
        }
        if (!isContainer(value)) {
            return List.of(value.toString());
        }
        problem(key, "a list of texts", "Write " + key + ": [a, b].");
        return List.of();
    }

    /** A section below this one; empty where it is absent. */
    public Section section(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value != null && !(value instanceof Map)) {
            // which may be a secret without the key that would tell
            problems.add(pathOf(key), "a single value", "a map", "Put its keys below " + key + ":, indented.");
        }
        return new Section(pathOf(key), value instanceof Map<?, ?> map ? map : Map.of(), problems);
    }

    /** A list of sections; empty where it is absent. */
    public List<Section> sections(String key) {
        known.add(key);
        Object value = values.get(key);
        List<Section> sections = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map) {
                    sections.add(new Section(pathOf(key) + "[" + i + "]", map, problems));
                } else {
                    problem(key, "a list of maps", "Write each entry as - name: value.");
                }
            }
        } else if (value != null) {
            problem(key, "a list of maps", "Write each entry as - name: value.");
        }
        return sections;
    }

    /** These values and, for keys that are not here, those of another section; problems are noted as this section's. */
    public Section over(Section base) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base.values);
        merged.putAll(values);
        return new Section(path, merged, problems);
    }

    /** The sections below this one by name, in the order of the file. */
    public Map<String, Section> named() {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (String key : keys()) {
            sections.put(key, section(key));
        }
        return sections;
    }

    /** Every key of this section as flat text properties, {@code {a: {b: 1}}} as {@code a.b=1}: client pass-through. */
    public Map<String, String> properties() {
        Map<String, String> texts = new LinkedHashMap<>();
        flat().forEach((key, value) -> texts.put(key, value.toString()));
        return texts;
    }

    /** This section with its keys made flat as {@link #properties()} makes them. */
    public Section flattened() {
        return new Section(path, flat(), problems);
    }

    private Map<String, Object> flat() {
        Map<String, Object> flat = new LinkedHashMap<>();
        for (String key : keys()) {
            Object value = values.get(key);
            known.add(key);
            if (value instanceof Map) {
                section(key).flat().forEach((k, v) -> flat.put(key + "." + k, v));
            } else if (value instanceof List<?> list) {
                String joined = list.stream().map(String::valueOf).collect(Collectors.joining(","));
                flat.put(key, list.stream().anyMatch(SecretText.class::isInstance) ? SecretText.of(joined) : joined);
            } else if (value != null) {
                flat.put(key, value);
            }
        }
        return flat;
    }

    /** Reports every key that no getter asked for, with the nearest that one did. */
    public void done() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                problems.add(
                        pathOf(key),
                        shown(key, values.get(key)),
                        "a known key: " + String.join(", ", known),
                        suggestion(key, known));
            }
        }
    }

    private static String shown(String key, @Nullable Object value) {
        // a map may hold secrets below any key
        if (isContainer(value)) {
            return "(a section)";
        }
        return Secrets.shown(key, value instanceof SecretText secret ? secret.reference() : String.valueOf(value));
    }

    private double number(
            String key, double fallback, double min, double max, Function<String, Number> parse, String kind) {
        Object value = scalar(key);
        if (value == null) {
            return fallback;
        }
        try {
            double number = parse.apply(value.toString().strip()).doubleValue();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // noted below like a number out of range
        }
        problem(key, kind + " from " + plain(min) + " to " + plain(max), "The default is " + plain(fallback) + ".");
        return fallback;
    }

    private @Nullable Object scalar(String key) {
        known.add(key);
        Object value = values.get(key);
        if (isContainer(value)) {
            problem(key, "a single value", "Write it on one line: " + key + ": value.");
            return null;
        }
        return value;
    }

    private static boolean isContainer(@Nullable Object value) {
        return value instanceof Map || value instanceof List;
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String suggestion(String given, Iterable<String> allowed) {
        return Nearest.to(given, allowed)
                .map(n -> "Did you mean " + n + "?")
                .orElse("Remove it or choose from the list.");
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
