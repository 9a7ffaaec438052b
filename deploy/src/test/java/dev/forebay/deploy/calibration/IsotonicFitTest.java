package dev.forebay.deploy.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import dev.forebay.processors.confidence.Calibration.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IsotonicFitTest {
    /** Every way to cut the scores into runs whose means do not fall; the regression is the one of least error. */
    @Test
    void errorIsTheLeastOfAllNonDecreasingStepsWhateverTheAnswers() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            List<Judged> answers = Answered.coarse(1 + random.nextInt(12), 1 + random.nextInt(9), random);
            Targets targets = Targets.of(answers);

            double error = 0;
            List<IsotonicFit.Step> steps = IsotonicFit.pooled(answers);
            int at = 0;
            List<Judged> sorted = answers.stream()
                    .sorted(Comparator.comparingDouble(Judged::confidence))
                    .toList();
            for (IsotonicFit.Step step : steps) {
                for (int i = 0; i < step.count(); i++, at++) {
                    double distance = step.mean() - targets.of(sorted.get(at));
                    error += distance * distance;
                }
            }

            assertThat(at).as("seed " + seed).isEqualTo(answers.size());
            assertThat(error).as("seed " + seed).isCloseTo(leastError(answers, targets), within(1e-9));
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i).mean())
                        .as("seed " + seed)
                        .isGreaterThan(steps.get(i - 1).mean());
            }
        }
    }

    private static double leastError(List<Judged> answers, Targets targets) {
        TreeMap<Double, List<Judged>> byScore = new TreeMap<>();
        answers.forEach(answer ->
                byScore.merge(answer.confidence(), List.of(answer), (a, b) -> Stream.concat(a.stream(), b.stream())
                        .toList()));
        List<List<Judged>> groups = List.copyOf(byScore.values());
        double least = Double.POSITIVE_INFINITY;
        for (int cuts = 0; cuts < (1 << (groups.size() - 1)); cuts++) {
            least = Math.min(least, errorOf(groups, cuts, targets));
        }
        return least;
    }

    /** Infinite where the means of the runs fall. */
    private static double errorOf(List<List<Judged>> groups, int cuts, Targets targets) {
        double error = 0;
        double before = Double.NEGATIVE_INFINITY;
        int from = 0;
        for (int i = 0; i < groups.size(); i++) {
            boolean ends = i == groups.size() - 1 || ((cuts >> i) & 1) == 1;
            if (!ends) {
                continue;
            }
            List<Judged> run =
                    groups.subList(from, i + 1).stream().flatMap(List::stream).toList();
            double mean = run.stream().mapToDouble(targets::of).average().orElseThrow();
            if (mean < before) {
                return Double.POSITIVE_INFINITY;
            }
            error += run.stream()
                    .mapToDouble(answer -> (mean - targets.of(answer)) * (mean - targets.of(answer)))
                    .sum();
            before = mean;
            from = i + 1;
        }
        return error;
    }

    @Test
    void calibrationNeverFallsAndIsNeverCertain() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Judged> answers = random.nextBoolean()
                    ? Answered.coarse(1 + random.nextInt(300), 1 + random.nextInt(50), random)
                    : Answered.with(score -> score * score, 1 + random.nextInt(300), seed);
            Calibration calibration = IsotonicFit.of(answers);
            double before = 0;
            for (Point point : calibration.points()) {
                assertThat(point.probability())
                        .as("seed " + seed)
                        .isGreaterThanOrEqualTo(before)
                        .isGreaterThan(0)
                        .isLessThan(1);
                before = point.probability();
            }
        }
    }

    @Test
    void curveOfAnyShapeIsFoundFromManyExamples() {
        Calibration calibration = IsotonicFit.of(Answered.with(score -> score < 0.5 ? 0.2 : 0.8, 20_000, 5));

        assertThat(calibration.probability(0.3)).isCloseTo(0.2, within(0.03));
        assertThat(calibration.probability(0.9)).isCloseTo(0.8, within(0.03));
    }
}
