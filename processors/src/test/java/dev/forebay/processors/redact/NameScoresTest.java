package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameScoresTest {
    private static final PiiScores SCORES = PiiScores.of(Redactors.withNames(), NameTexts.of(20_261, 1_500));

    /** That places, probabilities and overlaps are right: with another model the figures are others. */
    @Test
    void namesOfTheGeneratorAreFoundByAModelOfTheGenerator() {
        PiiScores.Counts known = SCORES.row("name");
        PiiScores.Counts others = SCORES.row("name, new");

        assertThat(known.labels()).isGreaterThan(100);
        assertThat(known.recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(known.precision()).isGreaterThanOrEqualTo(0.9);
        assertThat(others.labels()).isGreaterThan(300);
        assertThat(others.recall()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void namesDoNotDisturbTheOtherTypes() {
        assertThat(SCORES.row("email").recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(SCORES.row("card").recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(SCORES.row("phone").recall()).isGreaterThanOrEqualTo(0.97);
    }
}
