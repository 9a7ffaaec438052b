package dev.forebay.processors.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.processors.confidence.Calibration.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    private final Calibration calibration =
            new Calibration(List.of(new Point(0.2, 0.1), new Point(0.6, 0.5), new Point(0.8, 0.9)));

    @ParameterizedTest
    @CsvSource({
        "0.2, 0.1",
        "0.6, 0.5",
        "0.8, 0.9",
        "0.4, 0.3",
        "0.7, 0.7",
        "0, 0.1",
        "0.1999, 0.1",
        "0.8001, 0.9",
        "1, 0.9"
    })
    void isLinearBetweenItsPointsAndLevelBeyond(double score, double probability) {
        assertThat(calibration.probability(score)).isCloseTo(probability, within(1e-12));
    }

    @Test
    void scoreThatIsNoNumberHasNoProbability() {
        assertThat(calibration.probability(Double.NaN)).isNaN();
    }

    @Test
    void neverFallsWhateverThePoints() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Calibration some = random(random);
            double before = -1;
            for (int i = 0; i <= 300; i++) {
                double now = some.probability(i / 300.0);
                assertThat(now).as("seed " + seed).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before);
                before = now;
            }
            for (Point point : some.points()) {
                assertThat(some.probability(point.score()))
                        .as("seed " + seed)
                        .isCloseTo(point.probability(), within(1e-12));
            }
        }
    }

    @Test
    void pointsThatFallOrComeTwiceOrAreNoneAreRefused() {
        assertRefused(List.of());
        assertRefused(List.of(new Point(0.5, 0.5), new Point(0.5, 0.6)));
        assertRefused(List.of(new Point(0.5, 0.5), new Point(0.6, 0.4)));
        assertRefused(List.of(new Point(0.5, 1.5)));
        assertRefused(List.of(new Point(Double.NaN, 0.5)));
        assertRefused(List.of(new Point(-0.1, 0.5)));
    }

    private static void assertRefused(List<Point> points) {
        assertThatThrownBy(() -> new Calibration(points)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Calibration random(Random random) {
        TreeSet<Double> scores = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(20); i++) {
            scores.add(random.nextDouble());
        }
        List<Double> probabilities =
                random.doubles(scores.size()).sorted().boxed().toList();
        List<Point> points = new ArrayList<>();
        for (double score : scores) {
            points.add(new Point(score, probabilities.get(points.size())));
        }
        return new Calibration(points);
    }
}
