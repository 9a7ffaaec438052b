package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.Caching;
import dev.forebay.processors.enrich.Reference.Login;
import dev.forebay.processors.enrich.Reference.OfQuery;
import dev.forebay.schemas.config.Section;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an entry of {@code intake.enrich} that asks a database. */
final class JdbcSection {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final int SIZE = 10_000;
    private static final int LARGEST_SIZE = 10_000_000;
    private static final int CONNECTIONS = 4;
    private static final int MOST_CONNECTIONS = 64;

    private final Section section;

    JdbcSection(Section section) {
        this.section = section;
    }

    OfQuery read() {
        Section jdbc = section.section("jdbc");
        Login login = new Login(url(jdbc), jdbc.string("user", ""), jdbc.string("password", ""));
        String query = query(jdbc);
        int connections = jdbc.integer("connections", CONNECTIONS, 1, MOST_CONNECTIONS);
        jdbc.done();
        Section cache = section.section("cache");
        int size = cache.integer("size", SIZE, 0, LARGEST_SIZE);
        Duration life = duration(cache, "for", LIFE, SHORTEST_LIFE, LONGEST_LIFE);
        cache.done();
        Duration timeout = duration(section, "timeout", TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return new OfQuery(login, query, connections, timeout, new Caching(size, life), columns());
    }

    private static String url(Section jdbc) {
        String url = jdbc.requiredString("url", "jdbc:postgresql://db/crm");
        if (!url.isEmpty() && !hasDriver(url)) {
            jdbc.problem(
                    "url",
                    "a JDBC URL for which there is a driver",
                    "Correct it, or put the driver's jar on the class path; that of PostgreSQL is there.");
        }
        return url;
    }

    private static boolean hasDriver(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    private static String query(Section jdbc) {
        String query = jdbc.requiredString("query", "select tier from accounts where id = ?");
        if (!query.isEmpty() && JdbcQuery.parameters(query) != 1) {
            jdbc.problem(
                    "query",
                    "a query with one question mark",
                    "Write it where the value of the attribute belongs, for example where id = ?.");
        }
        return query;
    }

    private Map<String, String> columns() {
        Section attributes = section.section("attributes");
        Map<String, String> columns = new LinkedHashMap<>();
        attributes.keys().forEach(name -> columns.put(name, attributes.requiredString(name, "tier")));
        return columns;
    }

    private static Duration duration(Section owner, String key, Duration usual, Duration least, Duration most) {
        Duration duration = owner.duration(key, usual);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            owner.problem(
                    key,
                    "a duration from " + written(least) + " to " + written(most),
                    "The default is " + written(usual) + ".");
            return usual;
        }
        return duration;
    }

    private static String written(Duration duration) {
        if (duration.toDaysPart() > 0) {
            return duration.toDays() + " d";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toMillis() < 1_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
