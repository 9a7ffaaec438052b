package dev.forebay.processors.enrich;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.forebay.processors.enrich.Reference.Login;
import dev.forebay.processors.enrich.Reference.OfQuery;
import dev.forebay.processors.format.Utf8;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database for one key at a time, within a bounded time and over a bounded number of connections, in transactions that
 * may only read. It connects when it is first asked.
 */
final class Database implements Lookup, AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** How much longer than a query a connection may be silent before it is given up. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final int UNKNOWN_TYPE = Integer.MIN_VALUE;

    private final OfQuery query;
    private final HikariDataSource pool;
    private volatile int keyType = UNKNOWN_TYPE;

    Database(OfQuery query) {
        this.query = query;
        this.pool = new HikariDataSource(settings(query));
    }

    private static HikariConfig settings(OfQuery query) {
        Login login = query.login();
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("forebay-enrich");
        settings.setJdbcUrl(login.url());
        settings.setUsername(login.user());
        settings.setPassword(login.password());
        settings.setMaximumPoolSize(query.connections());
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(IDLE.toMillis());
        settings.setConnectionTimeout(query.timeout().toMillis());
        settings.setValidationTimeout(query.timeout().toMillis());
        // No look-up may fail for a database that was away when the process started.
        settings.setInitializationFailTimeout(-1);
        settings.setReadOnly(true);
        // Drivers hold a connection to reading only within a transaction.
        settings.setAutoCommit(false);
        return settings;
    }

    @Override
    public Optional<Map<String, String>> find(String key) {
        try (Connection connection = pool.getConnection()) {
            boundSilence(connection);
            try (PreparedStatement statement = connection.prepareStatement(query.query())) {
                statement.setQueryTimeout((int) Math.max(1, query.timeout().toSeconds()));
                statement.setMaxRows(1);
                return bind(statement, key) ? first(statement) : Optional.empty();
            }
        } catch (SQLException e) {
            SqlFault fault = SqlFault.of(e);
            if (fault.isOfTheKey()) {
                return Optional.empty();
            }
            throw ReferenceUnavailableException.unanswered("the database: " + fault.what(), e);
        }
    }

    /** A network that swallows packets would hold a query for ever. */
    private void boundSilence(Connection connection) throws SQLException {
        try {
            connection.setNetworkTimeout(
                    Runnable::run, (int) query.timeout().plus(GRACE).toMillis());
        } catch (SQLFeatureNotSupportedException e) {
            // Then the driver's own settings, in the URL, have to.
        }
    }

    /** False where no row can have the key, because it is not of the type that is compared with it. */
    private boolean bind(PreparedStatement statement, String key) throws SQLException {
        if (keyType == UNKNOWN_TYPE) {
            keyType = typeOfKey(statement);
        }
        if (keyType == Types.VARCHAR) {
            statement.setString(1, key);
            return true;
        }
        try {
            statement.setObject(1, key, keyType);
            return true;
        } catch (SQLException e) {
            // Nothing was sent yet: the driver could not make one of it.
            return false;
        }
    }

    /** So that a text can be compared with a number; some drivers do not know. */
    private static int typeOfKey(PreparedStatement statement) throws SQLException {
        try {
            return statement.getParameterMetaData().getParameterType(1);
        } catch (SQLFeatureNotSupportedException e) {
            return Types.VARCHAR;
        }
    }

    private Optional<Map<String, String>> first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            for (Map.Entry<String, String> column : query.columns().entrySet()) {
                @Nullable String text = rows.getString(column.getValue());
                if (text != null && Utf8.canEncode(text)) {
                    attributes.put(column.getKey(), text);
                }
            }
            return Optional.of(attributes);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
