package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class MomentTest {
    private final Moment moment = new Moment(InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "2026-11-24, 2026-11-24T00:00:00Z",
        "2026-11-24T08:30:00Z, 2026-11-24T08:30:00Z",
        "2026-11-24T08:30+02:00, 2026-11-24T06:30:00Z",
        "90m, 2026-11-25T10:30:00Z",
        "12h, 2026-11-25T00:00:00Z",
        "2d, 2026-11-23T12:00:00Z"
    })
    void datesTimesAndAgesAreRead(String text, Instant time) {
        assertThat(moment.convert(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-11-24T08:30", "12", "h", "999999999999999999d"})
    void whatIsNoTimeIsAnsweredWithExamples(String text) {
        assertThatThrownBy(() -> moment.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is no time. Write 2026-11-25");
    }
}
