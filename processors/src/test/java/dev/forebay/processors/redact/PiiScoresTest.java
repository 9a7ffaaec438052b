package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiiScoresTest {
    private static final PiiScores SCORES = PiiScores.of(Redactors.all(), PiiTexts.of(20_261, 3_000));

    /** Another set than the one that the page's table is of. */
    @ParameterizedTest
    @ValueSource(strings = {"card", "email", "iban", "ip", "tax-id", "ssn"})
    void structuredTypesAreFoundPreciselyAndAlmostAlways(String type) {
        PiiScores.Counts row = SCORES.row(type);

        assertThat(row.labels()).as(type).isGreaterThan(100);
        assertThat(row.precision()).as("precision of %s", type).isGreaterThanOrEqualTo(0.97);
        assertThat(row.recall()).as("recall of %s", type).isGreaterThanOrEqualTo(0.97);
    }
}
