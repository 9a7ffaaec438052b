package dev.forebay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {
    @Test
    void recordWithoutTheHeaderIsTriedForTheFirstTime() {
        assertThat(Attempts.with(Optional.empty())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "4,5", "007,8", "999999,1000000", "1000000,1000000", "99999999999999999999,1000000"})
    void countOnlyGrowsAndNeverOverflows(String header, int attempts) {
        assertThat(Attempts.with(Optional.of(header))).isEqualTo(attempts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 3", "-3", "+3", "three", "3.0", "٣"})
    void whatIsNoNumberCountsAsNone(String header) {
        assertThat(Attempts.with(Optional.of(header))).isEqualTo(1);
    }

    @Test
    void headerIsReadAsItWasWritten() {
        String header = new String(Attempts.header(41), StandardCharsets.UTF_8);

        assertThat(Attempts.with(Optional.of(header))).isEqualTo(42);
    }
}
