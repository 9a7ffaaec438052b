package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import dev.forebay.processors.confidence.Calibration.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Isotonic regression of being right on the score: the non-decreasing step function of least squared error, by pooling
 * adjacent violators (Ayer et al. 1955; for probabilities Zadrozny &amp; Elkan 2002). Each step gives one point, at the mean
 * of its scores, so that the calibration rises between them (centered isotonic regression, Oron &amp; Flournoy 2017).
 */
final class IsotonicFit {
    private IsotonicFit() {}

    static Calibration of(List<Judged> answers) {
        return new Calibration(pooled(answers).stream()
                .map(step -> new Point(Digits.rounded(step.score()), Digits.rounded(step.mean())))
                .toList());
    }

    /** Answers with their neighbours. */
    record Step(double scores, double targets, int count) {
        double score() {
            return scores / count;
        }

        double mean() {
            return targets / count;
        }

        Step and(Step next) {
            return new Step(scores + next.scores, targets + next.targets, count + next.count);
        }
    }

    /** The steps from the lowest score to the highest, their means strictly rising. */
    static List<Step> pooled(List<Judged> answers) {
        Targets targets = Targets.of(answers);
        List<Step> steps = new ArrayList<>();
        double last = Double.NaN;
        for (Judged answer : answers.stream()
                .sorted(Comparator.comparingDouble(Judged::confidence))
                .toList()) {
            // as the points will have them, so that two never fall together
            double score = Digits.rounded(answer.confidence());
            Step step = new Step(score, targets.of(answer), 1);
            if (score == last) {
                step = steps.remove(steps.size() - 1).and(step);
            } else {
                pool(steps);
            }
            steps.add(step);
            last = score;
        }
        pool(steps);
        while (steps.size() > Calibration.MOST_POINTS) {
            steps = halved(steps);
        }
        return steps;
    }

    /** Puts the last step together with those before it until it is higher than they are. */
    private static void pool(List<Step> steps) {
        while (steps.size() > 1
                && steps.get(steps.size() - 2).mean()
                        >= steps.get(steps.size() - 1).mean()) {
            Step last = steps.remove(steps.size() - 1);
            steps.add(steps.remove(steps.size() - 1).and(last));
        }
    }

    private static List<Step> halved(List<Step> steps) {
        List<Step> halved = new ArrayList<>();
        for (int i = 0; i < steps.size(); i += 2) {
            halved.add(i + 1 < steps.size() ? steps.get(i).and(steps.get(i + 1)) : steps.get(i));
        }
        return halved;
    }
}
