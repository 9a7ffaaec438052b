package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    @Test
    void medianIsTheMiddleOfAnOddNumberAndTheMeanOfTheTwoMiddlesOfAnEvenOne() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3);
    }

    @Test
    void ratiosAreTakenWithinARoundSoThatASlowRoundCancelsOut() {
        List<Double> pipeline = List.of(90.0, 9.0, 95.0);
        List<Double> engine = List.of(100.0, 10.0, 100.0);

        assertThat(Statistics.median(Statistics.ratios(pipeline, engine))).isEqualTo(0.9);
    }

    @Test
    void nothingAndUnequalRoundsAreRefused() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.ratios(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
