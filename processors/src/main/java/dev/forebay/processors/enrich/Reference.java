package dev.forebay.processors.enrich;

import dev.forebay.processors.format.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Where the data of an entry come from. */
sealed interface Reference permits Reference.OfTopic, Reference.OfQuery {
    /** The names of the attributes that it gives. */
    Set<String> attributes();

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
    }

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
