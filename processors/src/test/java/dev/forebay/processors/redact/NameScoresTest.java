package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameScoresTest {
    private static final PiiScores KNOWN = PiiScores.of(Redactors.withNames(), NameTexts.withKnown(20_261, 1_000));
    private static final PiiScores NEW = PiiScores.of(Redactors.withNames(), NameTexts.withNew(20_261, 1_000));

    /** That places, probabilities and overlaps are right: with another model the figures are others. */
    @Test
    void namesOfTheGeneratorAreFoundByAModelOfTheGenerator() {
        assertThat(KNOWN.row("name").labels()).isGreaterThan(500);
        assertThat(KNOWN.row("name").recall()).isGreaterThanOrEqualTo(0.95);
        assertThat(KNOWN.row("name").precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(NEW.row("name").recall()).isGreaterThanOrEqualTo(0.5);
        assertThat(NEW.row("name").precision()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void namesDoNotDisturbTheOtherTypes() {
        assertThat(KNOWN.row("email").recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(KNOWN.row("card").recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(KNOWN.row("phone").recall()).isGreaterThanOrEqualTo(0.97);
    }
}
