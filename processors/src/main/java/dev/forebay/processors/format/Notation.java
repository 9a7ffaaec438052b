package dev.forebay.processors.format;

import dev.forebay.schemas.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the places of a source's events are written. */
public sealed interface Notation permits Notation.Pointers, Notation.Paths, Notation.Columns, Notation.Whole {
    /** A place that an event might have. */
    String example();

    /** Why a place cannot be; empty where it can. */
    Optional<Objection> objection(String written);

    /** @param written something without objection */
    Place place(String written);

    /** What is wrong with a configured value, as a problem says it. */
    record Objection(String allowed, String fix) {}

    /** JSON pointers (RFC 6901). */
    record Pointers() implements Notation {
        @Override
        public String example() {
            return "/message/body";
        }

        @Override
        public Optional<Objection> objection(String written) {
            if (!written.isEmpty() && written.charAt(0) != '/') {
                String slashed = "/" + written.replace('.', '/');
                return Optional.of(new Objection("a JSON pointer (RFC 6901)", "Start with a slash: " + slashed + "."));
            }
            return written.replace("~0", "").replace("~1", "").contains("~")
                    ? Optional.of(new Objection("a JSON pointer (RFC 6901)", "Write ~0 for a tilde in a name."))
                    : Optional.empty();
        }

        @Override
        public Place place(String written) {
            return written.isEmpty()
                    ? Place.WHOLE
                    : new Place(
                            written,
                            split(written.substring(1), "/").stream()
                                    .map(name -> name.replace("~1", "/").replace("~0", "~"))
                                    .toList());
        }
    }

    /** Names of Avro records' fields and of maps' keys, joined by dots; a dot alone is the whole value. */
    record Paths() implements Notation {
        private static final String WHOLE = ".";

        @Override
        public String example() {
            return "message.body";
        }

        @Override
        public Optional<Objection> objection(String written) {
            boolean legal =
                    written.equals(WHOLE) || split(written, "\\.").stream().noneMatch(String::isBlank);
            return legal
                    ? Optional.empty()
                    : Optional.of(new Objection("field names joined by dots", "Write it such as message.body."));
        }

        @Override
        public Place place(String written) {
            return new Place(written, written.equals(WHOLE) ? List.of() : split(written, "\\."));
        }
    }

    /** Names of columns; any where none is given. */
    record Columns(List<String> names) implements Notation {
        @Override
        public String example() {
            return names.isEmpty() ? "text" : names.get(0);
        }

        @Override
        public Optional<Objection> objection(String written) {
            if (names.isEmpty() || names.contains(written)) {
                return Optional.empty();
            }
            String fix = Nearest.to(written, names)
                    .map(name -> "Did you mean " + name + "?")
                    .orElse("Choose one of them, or add it there.");
            return Optional.of(new Objection("a column: " + String.join(", ", names), fix));
        }

        @Override
        public Place place(String written) {
            return new Place(written, List.of(written));
        }
    }

    /** For a format that has no places: the whole value alone, written as an empty text. */
    record Whole() implements Notation {
        @Override
        public String example() {
            return "\"\"";
        }

        @Override
        public Optional<Objection> objection(String written) {
            return written.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Objection("\"\", the whole value", "A text has no places in it; write \"\"."));
        }

        @Override
        public Place place(String written) {
            return Place.WHOLE;
        }
    }

    private static List<String> split(String written, String separator) {
        return Arrays.asList(written.split(separator, -1));
    }
}
