package dev.forebay.deploy.bench;

/**
 * How much work a bench does.
 *
 * @param measuring whether variant, executors and budget are chosen by measurement, as a worker chooses them
 * @param rounds of every comparison; medians are taken over them
 * @param warmingRounds before those that count: of the overhead measurement; of each contender, at most
 * @param texts in a round
 * @param noopRecords in a round of the overhead measurement
 * @param loadSeconds of each level of open-loop load
 * @param singleRequests sent one a second
 * @param growthRecords of the smallest backlog in the growth measurement
 */
public record BenchSize(
        boolean measuring,
        int rounds,
        int warmingRounds,
        int texts,
        int noopRecords,
        int loadSeconds,
        int singleRequests,
        int growthRecords) {
    /** 10 to 30 minutes on 2 cores. */
    public static final BenchSize FULL = new BenchSize(true, 5, 5, 2_000, 200_000, 20, 20, 10_000);

    /** Less of everything: 3 minutes or more on 2 cores. */
    public static final BenchSize QUICK = new BenchSize(true, 5, 5, 300, 50_000, 5, 5, 4_000);

    /** Seconds: to see that everything works. Its numbers mean nothing. */
    public static final BenchSize TINY = new BenchSize(false, 1, 1, 24, 2_000, 1, 2, 200);

    /** The same with other rounds and texts. */
    public BenchSize with(int otherRounds, int otherTexts) {
        return new BenchSize(
                measuring,
                otherRounds,
                warmingRounds,
                otherTexts,
                noopRecords,
                loadSeconds,
                singleRequests,
                growthRecords);
    }
}
