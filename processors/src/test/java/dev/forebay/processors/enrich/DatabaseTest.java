package dev.forebay.processors.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.enrich.Reference.Caching;
import dev.forebay.processors.enrich.Reference.Login;
import dev.forebay.processors.enrich.Reference.OfQuery;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real PostgreSQL. */
final class DatabaseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Map<String, String> COLUMNS = Map.of("tier", "tier", "owner", "held_by");

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .start();
        run("create table accounts (id integer primary key, code text, uid uuid, tier integer, held_by text)");
        run("insert into accounts values (7, 'a-7', '5a1b7b3e-0000-4000-8000-000000000007', 3, 'Ann'),"
                + " (8, 'a-8', null, null, '')");
        run("create user reader password 'geheim'");
        run("grant select on accounts to reader");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({"id, 7", "code, a-7", "uid, 5a1b7b3e-0000-4000-8000-000000000007"})
    void rowIsFoundByAColumnOfAnyType(String column, String key) {
        try (Database database = database("select tier, held_by from accounts where " + column + " = ?")) {
            for (int i = 0; i < 3; i++) {
                assertThat(database.find(key)).contains(Map.of("tier", "3", "owner", "Ann"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"id, 9", "id, a-7", "id, 99999999999", "code, a-9", "uid, 7"})
    void keyThatNoRowHasOrCanHaveFindsNothing(String column, String key) {
        try (Database database = database("select tier, held_by from accounts where " + column + " = ?")) {
            assertThat(database.find(key)).isEmpty();
            assertThat(database.find(key)).isEmpty();
        }
    }

    @Test
    void nullIsAbsentAndEmptyIsNot() {
        try (Database database = database("select tier, held_by from accounts where id = ?")) {
            assertThat(database.find("8")).contains(Map.of("owner", ""));
        }
    }

    @Test
    void keyIsDataAndNeverPartOfTheQuery() {
        try (Database database = database("select tier, held_by from accounts where code = ?")) {
            assertThat(database.find("x' or '1'='1")).isEmpty();
        }
    }

    @Test
    void queryThatWritesIsNotRun() throws SQLException {
        try (Database database =
                database("insert into accounts (id) values (cast(? as integer)) returning tier, held_by")) {
            assertThatThrownBy(() -> database.find("10"))
                    .isInstanceOf(ReferenceUnavailableException.class)
                    .hasMessageContaining("25006");
        }
        assertThat(count("select count(*) from accounts")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            select tier, held_by from acounts where id = ?          | relation "acounts" does not exist
            select tier from accounts where id = ?                  | column name held_by was not found
            select tier, held_by from accounts where id = ? limt 1  | syntax error
            """)
    void mistakeInTheQueryIsWaitedForAndNamed(String query, String what) {
        try (Database database = database(query)) {
            assertThatThrownBy(() -> database.find("7"))
                    .isInstanceOf(ReferenceUnavailableException.class)
                    .hasMessageStartingWith("the database: ")
                    .hasMessageContaining(what);
        }
    }

    @Test
    void slowQueryEndsAtItsTimeout() {
        try (Database database = database("select tier, held_by from accounts, pg_sleep(30) where id = ?")) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> database.find("7"))
                    .isInstanceOf(ReferenceUnavailableException.class)
                    .hasMessageContaining("57014");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void connectionsAreBoundedHoweverManyAsk() throws Exception {
        String query = "select tier, held_by from accounts, pg_sleep(0.05) where id = ?";
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Database database = new Database(query(url(), "reader", "geheim", query, 2))) {
            List<Callable<Boolean>> asking = IntStream.range(0, 24)
                    .<Callable<Boolean>>mapToObj(i -> () -> database.find("7").isPresent())
                    .toList();
            for (Future<Boolean> found : threads.invokeAll(asking)) {
                assertThat(found.get()).isTrue();
            }
            assertThat(count("select count(*) from pg_stat_activity where usename = 'reader'"))
                    .isBetween(1, 2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void loginThatIsRefusedIsNamedWithoutThePassword() {
        OfQuery query = query(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/nosuch",
                "reader",
                "geheim",
                "select tier, held_by from accounts where id = ?",
                1);
        try (Database database = new Database(query)) {
            assertThatThrownBy(() -> database.find("7"))
                    .isInstanceOf(ReferenceUnavailableException.class)
                    .hasMessageContaining("database \"nosuch\" does not exist")
                    .hasMessageNotContaining("geheim");
        }
    }

    @Test
    void databaseThatIsAwayIsWaitedForAndAskedAgain(@TempDir Path own) throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(own.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
        int port = first.getPort();
        String query = "select 1 as tier, 'Ann' as held_by where ? = 'a'";
        try (Database database =
                new Database(query(first.getJdbcUrl("postgres", "postgres"), "postgres", "", query, 2))) {
            assertThat(database.find("a")).isPresent();

            first.close();
            assertThatThrownBy(() -> database.find("a")).isInstanceOf(ReferenceUnavailableException.class);
            assertThatThrownBy(() -> database.find("a"))
                    .isInstanceOf(ReferenceUnavailableException.class)
                    .hasMessageContaining("refused");

            try (EmbeddedPostgres again = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                    .setDataDirectory(own.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start()) {
                assertThat(again.getPort()).isEqualTo(port);
                assertThat(database.find("a")).isPresent();
            }
        }
    }

    private static Database database(String query) {
        return new Database(query(url(), "reader", "geheim", query, 4));
    }

    private static OfQuery query(String url, String user, String password, String query, int connections) {
        return new OfQuery(
                new Login(url, user, password),
                query,
                connections,
                TIMEOUT,
                new Caching(0, Duration.ofMinutes(1)),
                COLUMNS);
    }

    private static String url() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    private static void run(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static int count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
                Statement run = connection.createStatement();
                ResultSet rows = run.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
