package dev.forebay.worker.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the {@link Knee} of a model's throughput: says which shape to run next, and is told how long it took. A pure
 * state machine, for one thread. It doubles the budget for as long as that pays and then repeats the whole ascent, since
 * measurements that were taken apart do not compare, until two rounds agree and two doublings beyond the knee have
 * gained nothing.
 *
 * <p>The throughput of a budget is that of as many tokens in short texts as in long ones, each in the fullest batch
 * that the budget allows; so it is what a worker with this budget would reach.
 */
public final class KneeSearch {
    /**
     * Of less the worker itself makes too much: with 128 padded tokens a pipeline of short texts gave 0.71 of what it gave
     * with 512, where the bare engine gave 0.96.
     */
    private static final int FIRST_BUDGET = 256;

    private static final int BUDGETS = 9;
    private static final int FIRST_ASCENT = 3;
    /** Short texts decide, since long ones fill the device with few rows. */
    private static final int[] LENGTHS = {16, 64};

    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 15;
    private static final double CERTAIN = 0.03;
    /** Short calls are repeated until they add up to this. */
    private static final long ENOUGH_NANOS = 20_000_000;

    private static final int MOST_CALLS = 5;
    /** The first call of a shape compiles its kernels, some milliseconds, and counts only where that is lost in it. */
    private static final long FIRST_COUNTS_NANOS = 250_000_000;

    private final Bounds bounds;
    private final List<Integer> lengths;
    private final List<double[]> rounds = new ArrayList<>();
    private final Map<Shape, Long> known = new HashMap<>();
    private final Map<Shape, Double> round = new HashMap<>();
    private final List<Long> calls = new ArrayList<>();
    private Optional<Shape> asked = Optional.empty();
    private Optional<Knee.End> end = Optional.empty();
    private boolean outOfMemory;
    private long started;
    private int budgets = FIRST_ASCENT;
    private int previousKnee = -1;

    /**
     * What limits the search.
     *
     * @param window the longest text
     * @param maxCount the most rows of a batch
     * @param executors how many run the shape at once
     * @param nanos the time it may take
     */
    public record Bounds(int window, int maxCount, int executors, long nanos) {}

    public KneeSearch(Bounds bounds) {
        this.bounds = bounds;
        SortedSet<Integer> fitting = new TreeSet<>();
        for (int length : LENGTHS) {
            fitting.add(Math.min(length, bounds.window()));
        }
        this.lengths = List.copyOf(fitting);
    }

    /** The shape to run now, on every executor at once; empty when the search has ended. */
    public Optional<Shape> next(long now) {
        if (known.isEmpty()) {
            started = now;
        }
        asked = missing();
        while (end.isEmpty() && asked.isEmpty()) {
            completeRound();
            asked = missing();
        }
        if (end.isEmpty() && now - started + expected(asked.orElseThrow()) > bounds.nanos()) {
            keepPartOfRound();
            end = Optional.of(Knee.End.TIME);
        }
        return end.isEmpty() ? asked : Optional.empty();
    }

    /** The shape that was asked for took so long, from the start of the first executor to the end of the last. */
    public void ran(long nanos) {
        Shape shape = asked.orElseThrow();
        boolean first = known.put(shape, nanos) == null;
        if (first && nanos < FIRST_COUNTS_NANOS) {
            return;
        }
        calls.add(nanos);
        if (calls.size() == MOST_CALLS || calls.stream().mapToLong(n -> n).sum() >= ENOUGH_NANOS) {
            round.put(
                    shape,
                    ThroughputFit.median(
                            calls.stream().mapToDouble(n -> Math.max(1, n)).toArray()));
            calls.clear();
        }
    }

    /** The shape that was asked for does not fit into memory: no budget that needs it is tried again. */
    public void outOfMemory() {
        Shape tooLarge = asked.orElseThrow();
        calls.clear();
        outOfMemory = true;
        int fitting = 0;
        while (!shapes(fitting).contains(tooLarge)) {
            fitting++;
        }
        budgets = fitting;
        rounds.replaceAll(values -> Arrays.copyOf(values, Math.min(values.length, budgets)));
        if (budgets == 0) {
            rounds.clear();
            end = Optional.of(Knee.End.OUT_OF_MEMORY);
        }
    }

    /** What was found; empty before the end, and where not even the smallest budget could be measured. */
    public Optional<Knee> knee() {
        if (end.isEmpty() || rounds.isEmpty()) {
            return Optional.empty();
        }
        ThroughputFit fit = ThroughputFit.of(rounds);
        double[] levels = fit.levels();
        List<Knee.Point> curve = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            curve.add(new Knee.Point(budget(i), tokensPerSecond(i), Math.exp(levels[i] - levels[levels.length - 1])));
        }
        return Optional.of(new Knee(budget(fit.knee()), curve, rounds.size(), fit.uncertainty(), end.orElseThrow()));
    }

    private Optional<Shape> missing() {
        for (int i = 0; i < budgets; i++) {
            for (Shape shape : shapes(i)) {
                if (!round.containsKey(shape)) {
                    return Optional.of(shape);
                }
            }
        }
        return Optional.empty();
    }

    private void completeRound() {
        rounds.add(curve(budgets));
        ThroughputFit fit = ThroughputFit.of(rounds);
        int knee = fit.knee();
        boolean highest = outOfMemory || budgets == BUDGETS || shapes(budgets).equals(shapes(budgets - 1));
        if (knee > budgets - 3 && !highest) {
            rounds.remove(rounds.size() - 1);
            budgets++;
            return;
        }
        boolean agreed = knee == previousKnee && rounds.size() >= FEWEST_ROUNDS && fit.uncertainty() < CERTAIN;
        if (agreed || rounds.size() == MOST_ROUNDS) {
            end = Optional.of(knee <= budgets - 3 ? Knee.End.CLEAR : largest());
        }
        previousKnee = knee;
        round.clear();
    }

    private Knee.End largest() {
        return outOfMemory ? Knee.End.OUT_OF_MEMORY : Knee.End.LARGEST;
    }

    /** A round that was cut off still compares the budgets that it came to, unless it came to fewer than the others. */
    private void keepPartOfRound() {
        int measured = 0;
        while (measured < budgets && round.keySet().containsAll(shapes(measured))) {
            measured++;
        }
        int needed = rounds.stream().mapToInt(values -> values.length).min().orElse(1);
        if (measured >= needed) {
            rounds.add(curve(measured));
        }
    }

    private double[] curve(int count) {
        double[] curve = new double[count];
        for (int i = 0; i < count; i++) {
            double nanosPerToken = 0;
            for (Shape shape : shapes(i)) {
                nanosPerToken += round.getOrDefault(shape, Double.NaN) / shape.tokens() / lengths.size();
            }
            curve[i] = -Math.log(nanosPerToken);
        }
        return curve;
    }

    private double tokensPerSecond(int budget) {
        double level = ThroughputFit.median(rounds.stream()
                .filter(values -> values.length > budget)
                .mapToDouble(values -> values[budget])
                .toArray());
        return Math.exp(level) * 1e9 * bounds.executors();
    }

    /** How long a shape will take, going by itself or by the largest of its length. */
    private long expected(Shape shape) {
        Shape nearest = shape;
        for (Shape other : known.keySet()) {
            boolean larger = !known.containsKey(nearest) || other.count() > nearest.count();
            if (other.length() == shape.length() && larger && !known.containsKey(shape)) {
                nearest = other;
            }
        }
        return known.getOrDefault(nearest, 0L) * shape.tokens() / nearest.tokens();
    }

    /** A budget's fullest batch of each length. */
    private List<Shape> shapes(int budget) {
        return lengths.stream()
                .map(length -> new Shape(Math.max(1, Math.min(bounds.maxCount(), budget(budget) / length)), length))
                .toList();
    }

    private static int budget(int index) {
        return FIRST_BUDGET << index;
    }
}
