package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.deploy.console.FailedException;
import org.junit.jupiter.api.Test;

final class LikenessTest {
    private static final float[][] EXPECTED = {{1, 0}, {0, 1}};

    @Test
    void roundingIsNoDifference() {
        assertThat(Likeness.lowest("pipeline", EXPECTED, new float[][] {{1, 0.001f}, {0.002f, 1}}))
                .isCloseTo(1, within(1e-5));
    }

    @Test
    void answersOfAnotherTextOrNoNumbersAreRefused() {
        assertThatThrownBy(() -> Likeness.lowest("pipeline", EXPECTED, new float[][] {{0, 1}, {1, 0}}))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("pipeline");
        assertThatThrownBy(() -> Likeness.lowest("pipeline", EXPECTED, new float[][] {{1, 0}, {Float.NaN, 1}}))
                .isInstanceOf(FailedException.class);
    }
}
