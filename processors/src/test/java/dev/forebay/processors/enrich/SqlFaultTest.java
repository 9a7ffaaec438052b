package dev.forebay.processors.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;

class SqlFaultTest {
    @Test
    void causeIsToldAndNotWhatThePoolSays() {
        SQLException pool = new SQLTransientConnectionException(
                "no connection within 2000ms", new SQLException("Connection to db:5432 refused.\nCheck it.", "08001"));

        assertThat(SqlFault.of(pool)).isEqualTo(new SqlFault(false, "Connection to db:5432 refused. (SQLSTATE 08001)"));
        assertThat(SqlFault.of(new SQLException("no connection within 2000ms")).what())
                .isEqualTo("no connection within 2000ms");
    }

    @Test
    void messageThatMayQuoteDataIsNotRepeated() {
        assertThat(SqlFault.of(new SQLException("invalid input for \"Ann Smith\"", "22P02")))
                .isEqualTo(new SqlFault(true, "it does not answer the query (SQLSTATE 22P02)"));
        assertThat(SqlFault.of(new SQLException("duplicate Ann Smith", "23505")).what())
                .isEqualTo("it does not answer the query (SQLSTATE 23505)");
    }
}
