package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ThroughputFitTest {
    @Test
    void theKneeIsWhereACurveBecomesFlat() {
        assertThat(certain(50, 70, 100, 101, 102).knee()).isEqualTo(2);
    }

    @Test
    void aGainBelowFivePercentIsNotWorthALargerBatch() {
        assertThat(certain(96, 97, 98, 99, 100).knee()).isZero();
        assertThat(certain(94, 97, 98, 99, 100).knee()).isEqualTo(1);
    }

    @Test
    void oneSizeIsItsOwnKnee() {
        assertThat(certain(12).knee()).isZero();
    }

    @Test
    void whatFallsIsLevelledWithWhatStandsBesideIt() {
        assertThat(ThroughputFit.rising(new double[] {1, 3, 2, 2.5, 1})).containsExactly(1, 2.125, 2.125, 2.125, 2.125);
        assertThat(ThroughputFit.rising(new double[] {1, 2, 3})).containsExactly(1, 2, 3);
        assertThat(ThroughputFit.rising(new double[] {3, 2, 1})).containsExactly(2, 2, 2);
    }

    @Test
    void aRoundOnASlowerMachineSaysTheSame() {
        ThroughputFit fit = fit(round(50, 100, 100, 100), round(5, 10, 10, 10), round(20, 40, 40, 40));

        assertThat(fit.knee()).isEqualTo(1);
        assertThat(fit.uncertainty()).isCloseTo(0, within(1e-9));
    }

    @Test
    void oneOutlierAmongThreeRoundsDecidesNothing() {
        ThroughputFit fit = fit(round(50, 100, 100, 100), round(50, 100, 100, 300), round(50, 100, 100, 100));

        assertThat(fit.knee()).isEqualTo(1);
    }

    @Test
    void onePeakBeforeLowerOnesDecidesLittle() {
        assertThat(certain(50, 100, 120, 100, 100, 100).knee()).isEqualTo(1);
    }

    @Test
    void aRoundThatWentFurtherIsComparedWhereTheOthersWere() {
        ThroughputFit fit = fit(round(50, 100, 200), round(500, 1000, 2000, 4000, 4000));

        assertThat(fit.levels()).hasSize(5);
        assertThat(fit.knee()).isEqualTo(3);
    }

    @Test
    void oneRoundIsTakenToBeUncertain() {
        assertThat(fit(round(88, 100, 100)).knee()).isZero();
        assertThat(certain(88, 100, 100).knee()).isEqualTo(1);
        assertThat(fit(round(80, 100, 100)).knee()).isEqualTo(1);
    }

    /** Three rounds that agree. */
    private static ThroughputFit certain(double... throughputs) {
        return fit(round(throughputs), round(throughputs), round(throughputs));
    }

    private static ThroughputFit fit(double[]... rounds) {
        return ThroughputFit.of(List.of(rounds));
    }

    private static double[] round(double... throughputs) {
        return DoubleStream.of(throughputs).map(Math::log).toArray();
    }
}
