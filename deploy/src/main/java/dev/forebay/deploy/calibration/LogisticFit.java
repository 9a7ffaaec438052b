package dev.forebay.deploy.calibration;

import dev.forebay.deploy.evaluation.Judged;
import dev.forebay.processors.confidence.Calibration;
import dev.forebay.processors.confidence.Calibration.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Logistic scaling (Platt 1999) of the log-odds of the score: {@code p = 1 / (1 + exp(-(slope * ln(s / (1 - s)) +
 * intercept)))}, so that a slope of 1 without an intercept leaves scores as they are. Maximum likelihood by Newton's method
 * with backtracking (Lin, Lin &amp; Weng 2007).
 *
 * @param slope at least 0: a calibration never falls
 */
record LogisticFit(double slope, double intercept) {
    /** Scores of 0 and 1 have no log-odds. */
    private static final double SUREST = 1e-6;

    private static final int MOST_STEPS = 100;
    private static final double RIDGE = 1e-12;
    private static final double ENOUGH = 1e-10;
    private static final double SMALLEST_STEP = 1e-10;

    /** How far the lines between the points may be from the curve. */
    static final double CLOSE = 0.0005;

    /** The log-odds bend most near 0 and 1. */
    private static final int MOST_SPLITS = 14;

    static LogisticFit of(List<Judged> answers) {
        Sample sample = Sample.of(answers);
        LogisticFit fit = sample.constant();
        for (int i = 0; i < MOST_STEPS; i++) {
            LogisticFit next = sample.better(fit);
            if (next.equals(fit)) {
                break;
            }
            fit = next;
        }
        // At its best it falls: then the score says nothing, and what is left is the share that is right.
        return fit.slope < 0 ? sample.constant() : fit;
    }

    double probability(double score) {
        return sigmoid(slope * logOdds(score) + intercept);
    }

    /** Points on the curve from the lowest score that was seen to the highest; no surer than what was aimed at. */
    Calibration over(List<Judged> answers) {
        double lowest = Digits.rounded(
                answers.stream().mapToDouble(Judged::confidence).min().orElseThrow());
        double highest = Digits.rounded(
                answers.stream().mapToDouble(Judged::confidence).max().orElseThrow());
        return new Calibration(new Curve(this, Targets.of(answers)).points(lowest, highest));
    }

    /** The fit as far as a calibration follows it. */
    private record Curve(LogisticFit fit, Targets bounds) {
        List<Point> points(double lowest, double highest) {
            List<Point> points = new ArrayList<>();
            points.add(point(lowest));
            split(lowest, highest, 0, points);
            return points;
        }

        /** Adds what follows the point at {@code low}, up to the one at {@code high}. */
        private void split(double low, double high, int depth, List<Point> points) {
            double middle = Digits.rounded((low + high) / 2);
            if (depth < MOST_SPLITS && low < middle && middle < high && !isStraight(low, high)) {
                split(low, middle, depth + 1, points);
                split(middle, high, depth + 1, points);
            } else if (low < high) {
                points.add(point(high));
            }
        }

        private boolean isStraight(double low, double high) {
            for (double part : new double[] {0.125, 0.25, 0.5, 0.75, 0.875}) {
                double line = at(low) + part * (at(high) - at(low));
                if (Math.abs(at(low + part * (high - low)) - line) > CLOSE) {
                    return false;
                }
            }
            return true;
        }

        private double at(double score) {
            return bounds.held(fit.probability(score));
        }

        private Point point(double score) {
            return new Point(score, Digits.rounded(at(score)));
        }
    }

    private static double logOdds(double score) {
        double held = Math.max(SUREST, Math.min(1 - SUREST, score));
        return Math.log(held / (1 - held));
    }

    private static double sigmoid(double value) {
        return value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value));
    }

    /** What is fitted: log-odds, and the probabilities to aim at. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(double[] odds, double[] targets) {
        static Sample of(List<Judged> answers) {
            Targets targets = Targets.of(answers);
            return new Sample(
                    answers.stream()
                            .mapToDouble(answer -> logOdds(answer.confidence()))
                            .toArray(),
                    answers.stream().mapToDouble(targets::of).toArray());
        }

        LogisticFit constant() {
            double sum = 0;
            for (double target : targets) {
                sum += target;
            }
            double mean = sum / targets.length;
            return new LogisticFit(0, Math.log(mean / (1 - mean)));
        }

        double loss(LogisticFit fit) {
            double loss = 0;
            for (int i = 0; i < odds.length; i++) {
                double z = fit.slope * odds[i] + fit.intercept;
                // -t ln p - (1 - t) ln(1 - p), without overflow
                loss += Math.max(z, 0) - targets[i] * z + Math.log1p(Math.exp(-Math.abs(z)));
            }
            return loss;
        }

        /** One step of Newton's; the same fit where none makes the loss less. */
        LogisticFit better(LogisticFit fit) {
            double gradientSlope = 0;
            double gradientIntercept = 0;
            double slopes = RIDGE;
            double both = 0;
            double intercepts = RIDGE;
            for (int i = 0; i < odds.length; i++) {
                double p = sigmoid(fit.slope * odds[i] + fit.intercept);
                double weight = p * (1 - p);
                gradientSlope += (p - targets[i]) * odds[i];
                gradientIntercept += p - targets[i];
                slopes += weight * odds[i] * odds[i];
                both += weight * odds[i];
                intercepts += weight;
            }
            double determinant = slopes * intercepts - both * both;
            double slopeStep = (intercepts * gradientSlope - both * gradientIntercept) / determinant;
            double interceptStep = (slopes * gradientIntercept - both * gradientSlope) / determinant;
            double loss = loss(fit);
            for (double part = 1; part >= SMALLEST_STEP; part /= 2) {
                LogisticFit next = new LogisticFit(fit.slope - part * slopeStep, fit.intercept - part * interceptStep);
                if (loss(next) < loss - ENOUGH) {
                    return next;
                }
            }
            return fit;
        }
    }
}
