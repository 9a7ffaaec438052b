package dev.forebay.deploy.cli;

import dev.forebay.deploy.calibration.CalibrationStudy;
import dev.forebay.deploy.calibration.Comparison;
import dev.forebay.deploy.calibration.Comparison.Estimate;
import dev.forebay.deploy.calibration.Threshold;
import dev.forebay.deploy.evaluation.Measure;
import dev.forebay.processors.confidence.Calibration.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A calibration for a person who has to decide on it, and for the file. */
final class CalibrationText {
    private CalibrationText() {}

    /** @param examples how many there were */
    static List<String> report(CalibrationStudy study, int examples) {
        List<String> lines = new ArrayList<>();
        lines.add("calibrated by " + study.method().words() + ": " + study.why() + ".");
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        for (Comparison comparison : study.comparisons()) {
            rows.add(List.of(
                    words(comparison.measure()),
                    text(comparison.before()),
                    text(comparison.after()),
                    text(comparison.change())));
        }
        lines.addAll(TableText.of(List.of("10-fold cross-validation", "scores", "calibrated", "change"), rows));
        lines.add(format(
                "In brackets: 95 %% of resamples. An exact calibration would show a calibration error of %.4f here.",
                study.byChance()));
        lines.add("");
        lines.addAll(TableText.of(
                List.of("answered", "abstain-below", "right", "surely right"),
                study.thresholds().stream()
                        .map(threshold -> row(threshold, examples))
                        .toList()));
        lines.add("Surely: all of the last column at once, in 95 % of samples like this one.");
        return lines;
    }

    private static List<String> row(Threshold threshold, int examples) {
        return List.of(
                format("%.1f %%", 100.0 * threshold.answered() / examples),
                format("%.6f", threshold.below()),
                format("%.4f", threshold.accuracy()),
                format("%.4f", threshold.surely()));
    }

    private static String words(Measure measure) {
        return switch (measure) {
            case CALIBRATION_ERROR -> "calibration error, " + Measure.BINS + " bins";
            case BRIER_SCORE -> "Brier score";
            case LOG_LOSS -> "log loss";
        };
    }

    private static String text(Estimate estimate) {
        return format(
                "%.4f (%.4f to %.4f)",
                estimate.value(), estimate.interval().low(), estimate.interval().high());
    }

    /**
     * The keys of the configuration.
     *
     * @param version of the model
     * @param threshold to set with it
     * @param note said in a comment
     */
    static List<String> yaml(
            CalibrationStudy study, String task, String version, Optional<Threshold> threshold, String note) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + note);
        lines.add("verdict:");
        threshold.ifPresent(chosen -> {
            lines.add("  abstain:");
            lines.add("    " + key(task) + ": " + number(chosen.below()));
        });
        lines.add("  calibration:");
        lines.add("    " + key(task) + ":");
        lines.add("      model: \"" + version + "\"");
        lines.add("      points:");
        for (Point point : study.calibration().points()) {
            lines.add("        " + number(point.score()) + ": " + number(point.probability()));
        }
        return lines;
    }

    /** Quoted: a task may be called {@code 1} or {@code yes}. */
    private static String key(String task) {
        return "\"" + task + "\"";
    }

    private static String number(double value) {
        return format("%.6f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** Labels with their numbers, the first few of them. */
    static String some(List<String> texts) {
        int shown = 5;
        return texts.stream().limit(shown).map(Printable::line).collect(Collectors.joining(", "))
                + (texts.size() > shown ? " and " + (texts.size() - shown) + " more" : "");
    }
}
