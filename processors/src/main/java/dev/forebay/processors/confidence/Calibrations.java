package dev.forebay.processors.confidence;

import dev.forebay.processors.confidence.Calibration.Point;
import dev.forebay.processors.policy.KnownTask;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calibrations of the tasks that have one. */
public record Calibrations(Map<String, OfTask> byTask) {
    private static final Calibration HARMLESS = new Calibration(List.of(new Point(0, 0)));

    public Calibrations {
        byTask = Map.copyOf(byTask);
    }

    /** @param models the versions whose scores it is for; empty for those of any */
    record OfTask(Set<String> models, Calibration calibration) {
        OfTask {
            models = Set.copyOf(models);
        }
    }

    /** Reads {@code verdict.calibration} and notes what is wrong with it. */
    public static Calibrations read(Section section, Set<String> taskNames) {
        Map<String, OfTask> byTask = new LinkedHashMap<>();
        section.named().forEach((task, own) -> {
            KnownTask.check(section, task, task, taskNames);
            Set<String> models = Set.copyOf(own.strings("model"));
            Calibration calibration = calibration(own, own.section("points"));
            own.done();
            byTask.put(task, new OfTask(models, calibration));
        });
        return new Calibrations(byTask);
    }

    private static Calibration calibration(Section owner, Section points) {
        List<Point> read = new ArrayList<>();
        boolean isGood = true;
        for (String key : points.keys()) {
            double score = score(key);
            if (Double.isNaN(score)) {
                points.problem(key, "a score from 0 to 1 as the key", "Write score: probability, as 0.7: 0.85.");
                isGood = false;
                continue;
            }
            Point point = new Point(score, points.number(key, 0, 0, 1));
            if (!read.isEmpty() && !Calibration.mayFollow(point, read.get(read.size() - 1))) {
                points.problem(
                        key,
                        "a higher score than the one before, and no lower probability",
                        "Put the points in the order of their scores; 'forebay calibrate' writes them so.");
                isGood = false;
            }
            read.add(point);
        }
        int count = points.keys().size();
        if (count == 0 || count > Calibration.MOST_POINTS) {
            owner.problem(
                    "points",
                    "1 to " + Calibration.MOST_POINTS + " points, score: probability",
                    "Take those that 'forebay calibrate' writes.");
            isGood = false;
        }
        return isGood ? new Calibration(read) : HARMLESS;
    }

    private static double score(String key) {
        try {
            double score = Double.parseDouble(key);
            return score >= 0 && score <= 1 ? score : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** How sure the label of a result is. */
    public Confidence of(Result result) {
        if (!(result.getOutcome() instanceof Classification said)) {
            return new Confidence.None();
        }
        OfTask own = byTask.get(result.getTask());
        if (own == null) {
            return new Confidence.Score(said.getScore());
        }
        if (!own.models.isEmpty() && !own.models.contains(result.getModel().getVersion())) {
            return new Confidence.Unknown(otherModel(result.getTask(), result.getModel(), own.models));
        }
        return new Confidence.Calibrated(said.getScore(), own.calibration.probability(said.getScore()));
    }

    private static String otherModel(String task, ModelRef model, Set<String> models) {
        return "The task " + task + " is calibrated for the model version "
                + String.join(", ", models.stream().sorted().toList()) + ", and this is " + model.getName() + "@"
                + model.getVersion() + ".";
    }
}
