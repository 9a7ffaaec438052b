package dev.forebay.deploy.bench;

import dev.forebay.worker.infer.Model;
import dev.forebay.worker.infer.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The measurements in their order; each adds to the findings. */
final class Measurements {
    private static final int[] LOAD_PERCENT = {20, 50, 80};
    private static final int TOKENIZER_GROUP = 32;
    private static final int COUNT_STEP = 100;

    private final Scene scene;
    private final Set<BenchPart> parts;
    private final BenchSize size;
    private final long seed;
    private final List<Round> rounds = new ArrayList<>();
    private final List<Double> tokenizer = new ArrayList<>();
    private final List<Timed> overhead = new ArrayList<>();
    private final List<LoadLevel> load = new ArrayList<>();
    private final List<Growth.Size> growth = new ArrayList<>();
    private SingleRequest.@Nullable Found single;
    private LaneLoad.@Nullable Found lanes;

    Measurements(Scene scene, BenchOptions options) {
        this.scene = scene;
        this.parts = withTheirGround(options.parts());
        this.size = options.size();
        this.seed = options.seed();
    }

    /** Load is set by the pipeline's rate, so that has to be known. */
    private static Set<BenchPart> withTheirGround(Set<BenchPart> asked) {
        Set<BenchPart> parts = EnumSet.copyOf(asked);
        if (parts.contains(BenchPart.LATENCY) || parts.contains(BenchPart.LANES)) {
            parts.add(BenchPart.PIPELINE);
        }
        return parts;
    }

    Findings findings() {
        return new Findings(rounds, tokenizer, overhead, load, single, lanes, growth);
    }

    void withoutModel() {
        scene.say("warm-up: broker, clients and worker with a model that does nothing");
        warmUp();
        if (parts.contains(BenchPart.OVERHEAD)) {
            scene.say("overhead: the worker with a model that does nothing, records of 1 KB");
            for (int round = 0; round < size.rounds(); round++) {
                overhead.add(overhead(round));
            }
        }
        if (parts.contains(BenchPart.GROWTH)) {
            scene.say("growth: the same with backlogs of 1, 4 and 16 times");
            growth.addAll(new Growth(scene).run(size.growthRecords(), Math.min(size.rounds(), Growth.ENOUGH_ROUNDS)));
        }
    }

    /**
     * Most of the code of broker, clients and worker is compiled on the way, for whatever comes after. Behind a real
     * model, with some hundred texts a second, that would take many minutes of a worker that is to run for weeks.
     */
    private void warmUp() {
        for (int round = 0; round < size.warmingRounds(); round++) {
            var unused = new Overhead(scene).run(size.noopRecords());
        }
    }

    private Timed overhead(int round) {
        Timed timed = new Overhead(scene).run(size.noopRecords());
        scene.say(
                "  round %d/%d    %,9.0f records/s, %.1f us of processor time a record (%,d in %.2f s)",
                round + 1,
                size.rounds(),
                timed.perSecond(),
                timed.cpuMicrosPerRecord(),
                timed.records(),
                timed.seconds());
        return timed;
    }

    /** @return texts in a round */
    int withModel(LoadedModels models, BenchTexts texts) {
        Served chosen = models.chosen();
        int count = texts.first(count(chosen, texts)).size();
        scene.say("comparison: " + size.rounds() + " rounds over " + count + " texts, everybody once a round");
        Comparison comparison = new Comparison(scene, models, texts, count);
        rounds.addAll(comparison.run(parts, size.warmingRounds(), size.texts(), size.rounds(), seed));
        tokenizer(chosen.model(), texts.first(count));
        if (parts.contains(BenchPart.LATENCY)) {
            single(chosen, texts);
            load(chosen, texts);
        }
        if (parts.contains(BenchPart.LANES)) {
            lanes(chosen, texts);
        }
        return count;
    }

    /** A round takes as long on a fast machine as on a slow one, so that what a start and an end cost weighs as little. */
    private int count(Served chosen, BenchTexts texts) {
        if (size.roundSeconds() == 0) {
            return size.texts();
        }
        EngineCeiling engine = scene.rig().ceiling(chosen);
        List<Tokens> first = chosen.model().tokenize(texts.first(size.texts()));
        float[][] vectors = new float[first.size()][];
        engine.run(first, vectors);
        double perSecond = engine.run(first, vectors).perSecond();
        return Math.max(size.texts(), COUNT_STEP * (int) (perSecond * size.roundSeconds() / COUNT_STEP));
    }

    private void tokenizer(Model model, List<String> all) {
        for (int round = 0; round < size.rounds(); round++) {
            long started = System.nanoTime();
            for (int from = 0; from < all.size(); from += TOKENIZER_GROUP) {
                model.tokenize(all.subList(from, Math.min(all.size(), from + TOKENIZER_GROUP)));
            }
            tokenizer.add(all.size() / ((System.nanoTime() - started) / 1e9));
        }
    }

    private void single(Served served, BenchTexts texts) {
        scene.say("latency: one request a second through the idle pipeline, for " + size.singleRequests() + " s");
        SingleRequest.Found found = new SingleRequest(scene, served, texts).run(size.singleRequests());
        single = found;
        scene.say(
                "  p50 %.2f ms; beside it a direct call %.2f ms, a round trip %.2f ms",
                Statistics.median(found.pipeline()),
                Statistics.median(found.directCall()),
                Statistics.median(found.roundTrip()));
    }

    private void load(Served served, BenchTexts texts) {
        double capacity = capacity();
        for (int percent : LOAD_PERCENT) {
            double rate = capacity * percent / 100;
            long[] arrivals = Arrivals.poisson(rate, Duration.ofSeconds(size.loadSeconds()), seed + percent);
            try (Course course = scene.rig().course();
                    AtWork atWork = AtWork.start(new WorkerContender("load", served), course, scene.stop())) {
                Latencies latencies = Latencies.of(new OpenLoop(course, texts, arrivals, 0).run(atWork));
                load.add(new LoadLevel(percent, rate, latencies));
                scene.say(
                        "  load %d %% (%.1f/s for %d s): p50 %.1f ms, p99 %.1f ms over %d requests",
                        percent, rate, size.loadSeconds(), latencies.p50(), latencies.p99(), latencies.count());
            }
        }
    }

    private void lanes(Served served, BenchTexts texts) {
        scene.say("lanes: live requests alone, then beside a bulk back-fill");
        LaneLoad.Found found =
                new LaneLoad(scene, served, texts).run(capacity(), Duration.ofSeconds(size.loadSeconds()), seed);
        lanes = found;
        scene.say(
                "  live p99 %.1f ms alone, %.1f ms with bulk; bulk got %.1f texts/s, %.0f %% of all",
                found.alone().p99(), found.withBulk().p99(), found.bulkPerSecond(), found.bulkShare() * 100);
    }

    private double capacity() {
        return Statistics.median(findings().rates(BenchPart.PIPELINE));
    }
}
