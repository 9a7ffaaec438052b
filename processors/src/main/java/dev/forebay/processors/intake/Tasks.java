package dev.forebay.processors.intake;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tasks the requests of an event are for. */
sealed interface Tasks permits Tasks.All, Tasks.Chosen {
    /** What a record names whose requests are not known yet. */
    String unread();

    /** @return one name at least */
    Decoded<List<String>> of(Value event);

    /** The names where each event is for more than one; else empty. */
    List<String> several();

    static Tasks one(String name) {
        return new All(List.of(name));
    }

    /** Each event is for all of them. */
    record All(List<String> names) implements Tasks {
        @Override
        public String unread() {
            return String.join(",", names);
        }

        @Override
        public List<String> several() {
            return names.size() == 1 ? List.of() : names;
        }

        @Override
        public Decoded<List<String>> of(Value event) {
            return new Decoded.Good<>(names);
        }
    }

    /**
     * A value of the event says for which.
     *
     * @param tasks by the value that chooses each
     * @param otherwise for other values, and for none; null where these are refused
     */
    record Chosen(Place at, Map<String, String> tasks, @Nullable String otherwise) implements Tasks {
        @Override
        public String unread() {
            return UNKNOWN;
        }

        @Override
        public List<String> several() {
            return List.of();
        }

        @Override
        public Decoded<List<String>> of(Value event) {
            Value found = at.in(event);
            String known = found.kind().isScalar() ? tasks.get(found.printed()) : null;
            String task = known == null ? otherwise : known;
            return task == null
                    ? new Decoded.Bad<>(ReasonCode.UNKNOWN_TASK, refusal(found))
                    : new Decoded.Good<>(List.of(task));
        }

        private String refusal(Value found) {
            String problem = found.kind().isScalar()
                    ? "has a value that task-from.tasks does not name"
                    : "is " + found.kind().words();
            return "The field '" + at.written() + "' " + problem
                    + ", so it is for no task. Correct the event, or add to the source's key task-from.";
        }
    }

    String UNKNOWN = "unknown";
}
