package dev.forebay.deploy.bench;

/**
 * How much work a bench does.
 *
 * @param measuring whether variant, executors and budget are chosen by measurement, as a worker chooses them
 * @param rounds of every comparison; medians are taken over them
 * @param warmingRounds before those that count: of the overhead measurement; of each contender, at most
 * @param roundSeconds how long the engine alone is to take for a round's texts; 0 where {@code texts} says how many
 * @param texts in a round, at least
 * @param noopRecords in a round of the overhead measurement
 * @param loadSeconds of each level of open-loop load
 * @param singleRequests sent one a second
 * @param growthRecords of the smallest backlog in the growth measurement
 */
public record BenchSize(
        boolean measuring,
        int rounds,
        int warmingRounds,
        int roundSeconds,
        int texts,
        int noopRecords,
        int loadSeconds,
        int singleRequests,
        int growthRecords) {
    /** 10 to 30 minutes on 2 cores. */
    public static final BenchSize FULL = new BenchSize(true, 5, 5, 10, 2_000, 200_000, 20, 20, 10_000);

    /** Less of everything: 3 minutes or more on 2 cores. */
    public static final BenchSize QUICK = new BenchSize(true, 5, 5, 0, 300, 50_000, 5, 5, 4_000);

    /** Seconds: to see that everything works. Its numbers mean nothing. */
    public static final BenchSize TINY = new BenchSize(false, 1, 1, 0, 24, 2_000, 1, 2, 200);

    /** The same with another number of rounds. */
    public BenchSize withRounds(int others) {
        return new BenchSize(
                measuring,
                others,
                warmingRounds,
                roundSeconds,
                texts,
                noopRecords,
                loadSeconds,
                singleRequests,
                growthRecords);
    }

    /** The same with exactly this number of texts in a round. */
    public BenchSize withTexts(int others) {
        return new BenchSize(
                measuring, rounds, warmingRounds, 0, others, noopRecords, loadSeconds, singleRequests, growthRecords);
    }
}
