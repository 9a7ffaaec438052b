package dev.forebay.deploy.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a measure shows by chance alone. */
public final class Chance {
    private static final int DRAWS = 200;

    private Chance() {}

    /**
     * The mean of a measure where every confidence is exactly right: the outcomes are drawn with these probabilities
     * (consistency resampling, Br&ouml;cker &amp; Smith 2007). A calibration error that is no higher shows nothing.
     */
    public static double mean(Measure measure, List<Judged> answers, long seed) {
        Random random = new Random(seed);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            List<Judged> drawn = new ArrayList<>(answers.size());
            for (Judged answer : answers) {
                drawn.add(new Judged(answer.confidence(), random.nextDouble() < answer.confidence()));
            }
            sum += measure.of(drawn);
        }
        return sum / DRAWS;
    }
}
