package dev.forebay.processors.enrich;

import dev.forebay.processors.format.Place;
import dev.forebay.processors.retrieve.Context;
import dev.forebay.processors.retrieve.PassageShape;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the data of an entry come from. */
sealed interface Reference permits Reference.OfTopic, Reference.OfPassages, Reference.OfQuery {
    /** The names of the attributes that it gives. */
    Set<String> attributes();

    /** The topic that they come from; empty where it is none. */
    default Optional<String> from() {
        return Optional.empty();
    }

    /**
     * A compacted topic, its keys texts.
     *
     * @param places of the attributes, by their names
     */
    record OfTopic(String topic, ReferenceFormat format, Map<String, Place> places) implements Reference {
        @Override
        public Set<String> attributes() {
            return places.keySet();
        }

        @Override
        public Optional<String> from() {
            return Optional.of(topic);
        }
    }

    /**
     * The passages of a compacted topic that are nearest to a vector.
     *
     * @param most passages, and the least score of each
     * @param places in a passage, by the names of the attributes that have what stands there of all of them
     * @param told what else is told of them
     */
    record OfPassages(Passages passages, int most, double least, Map<String, Place> places, Told told)
            implements Reference {
        @Override
        public Set<String> attributes() {
            Set<String> attributes = new LinkedHashSet<>(places.keySet());
            Stream.of(told.keys, told.score, told.leftOut)
                    .flatMap(Stream::ofNullable)
                    .forEach(attributes::add);
            return attributes;
        }

        @Override
        public Optional<String> from() {
            return Optional.of(passages.topic);
        }
    }

    /**
     * A topic of passages.
     *
     * @param limit the most that are kept
     */
    record Passages(String topic, ReferenceFormat format, PassageShape shape, int limit) {}

    /**
     * What is told of passages beside their own fields.
     *
     * @param keys the attribute that has their keys
     * @param score the attribute that has the score of the nearest
     * @param leftOut the attribute that has the keys of those for which the text has no room
     * @param context how they are put into the text; null where they are not
     * @param text the place of what is put there of a passage
     */
    record Told(
            @Nullable String keys,
            @Nullable String score,
            @Nullable String leftOut,
            @Nullable Context context,
            Place text) {}

    /**
     * A query of a database.
     *
     * @param timeout of a connection, and again of the query
     * @param columns of the attributes, by their names
     */
    record OfQuery(
            Login login, String query, int connections, Duration timeout, Caching cache, Map<String, String> columns)
            implements Reference {
        @Override
        public Set<String> attributes() {
            return columns.keySet();
        }
    }

    /** How a database is reached. */
    record Login(String url, String user, String password) {
        /** Without what nobody may see. */
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /**
     * What is remembered of a database.
     *
     * @param size the most keys
     * @param life of an answer, that there is no row with them
     */
    record Caching(int size, Duration life) {}
}
