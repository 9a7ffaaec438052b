package dev.forebay.deploy.bench;

import dev.forebay.schemas.record.Lane;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Live requests at random times, once alone and once beside a bulk back-fill that never runs out. */
final class LaneLoad {
    /** Of what the pipeline does with a backlog: the rest is bulk's. */
    static final double LIVE_PART = 0.2;

    private static final int PAIRS = 2;
    private static final double MORE_THAN_ENOUGH = 1.5;

    private final Scene scene;
    private final Served served;
    private final BenchTexts texts;

    /**
     * What came of it.
     *
     * @param bulkPerSecond texts of the back-fill that were answered meanwhile
     * @param batchMillis mean time of a batch in the model, with the back-fill
     */
    record Found(Latencies alone, Latencies withBulk, double livePerSecond, double bulkPerSecond, double batchMillis) {
        double bulkShare() {
            return bulkPerSecond / (bulkPerSecond + livePerSecond);
        }
    }

    private record Bulk(double perSecond, double batchMillis) {}

    LaneLoad(Scene scene, Served served, BenchTexts texts) {
        this.scene = scene;
        this.served = served;
        this.texts = texts;
    }

    /** @param capacity of the pipeline, in texts per second */
    Found run(double capacity, Duration each, long seed) {
        double rate = LIVE_PART * capacity;
        Histogram alone = new Histogram(OpenLoop.DIGITS);
        Histogram withBulk = new Histogram(OpenLoop.DIGITS);
        double bulkPerSecond = 0;
        double batchMillis = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            long[] arrivals = Arrivals.poisson(rate, each, seed + pair);
            alone.add(live(arrivals));
            int enough = (int) (MORE_THAN_ENOUGH * capacity * each.toSeconds()) + 1;
            Bulk bulk = beside(arrivals, enough, withBulk);
            bulkPerSecond += bulk.perSecond / PAIRS;
            batchMillis += bulk.batchMillis / PAIRS;
        }
        return new Found(Latencies.of(alone), Latencies.of(withBulk), rate, bulkPerSecond, batchMillis);
    }

    private Histogram live(long[] arrivals) {
        try (Course course = scene.rig().course();
                AtWork atWork = AtWork.start(worker(), course, scene.stop())) {
            return new OpenLoop(course, texts, arrivals, 0).run(atWork);
        }
    }

    private Bulk beside(long[] arrivals, int backlogged, Histogram into) {
        try (Course course = scene.rig().course();
                AtWork atWork = AtWork.start(worker(), course, scene.stop());
                Backlog backlog = Backlog.load(
                        course,
                        backlogged,
                        i -> Course.request(
                                Outcomes.id(arrivals.length + i), texts.at(arrivals.length + i), Lane.BULK))) {
            backlog.open();
            Optional<Batching> before = atWork.batching();
            long started = System.nanoTime();
            into.add(new OpenLoop(course, texts, arrivals, 0).run(atWork));
            double bulk = atWork.answered() - arrivals.length;
            double seconds = (System.nanoTime() - started) / 1e9;
            Batching batching =
                    atWork.batching().flatMap(now -> before.map(now::since)).orElseThrow();
            return new Bulk(bulk / seconds, batching.busySeconds() * 1e3 / batching.batches());
        }
    }

    private Contender worker() {
        return new WorkerContender("lanes", served);
    }
}
