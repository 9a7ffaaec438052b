package dev.forebay.processors.enrich;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a database did not take, in words for a log.
 *
 * @param isOfTheKey whether it was the value that was looked up, which then no row can have
 */
record SqlFault(boolean isOfTheKey, String what) {
    /** A value that is none of the column's type; class 22 of SQL:2016. */
    private static final String DATA = "22";
    /** No data are in what a database says of connections, logins, resources, catalogs, names and rights. */
    private static final Set<String> TELLING = Set.of("08", "28", "3D", "42", "53", "57");

    static SqlFault of(SQLException e) {
        // A pool says that it has no connection, and the driver why.
        SQLException innermost = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce(e, (outer, inner) -> inner);
        String state = Objects.requireNonNullElse(innermost.getSQLState(), "");
        String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
        String code = state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
        boolean told = stateClass.isEmpty() || TELLING.contains(stateClass);
        return new SqlFault(
                stateClass.equals(DATA),
                (told ? firstLine(String.valueOf(innermost.getMessage())) : "it does not answer the query") + code);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
