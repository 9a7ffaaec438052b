package dev.forebay.deploy.bench;

import dev.forebay.schemas.record.Lane;
import dev.forebay.worker.infer.Tokens;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The engine alone, the pipeline and the alternatives over the same texts: in every round each has its turn, in an order
 * that moves on from round to round. Rounds before the first warm everybody up and are not counted.
 */
final class Comparison {
    /** Of the time of a round, what may go into compiling before rounds count. */
    private static final double QUIET = 0.03;

    private final Scene scene;
    private final EngineCeiling engine;
    private final List<Tokens> tokens;
    private final BenchTexts texts;
    private final Map<BenchPart, Turn> turns = new EnumMap<>(BenchPart.class);
    private final float[][] expected;

    /** One contender's turn over the first texts. */
    @FunctionalInterface
    private interface Turn {
        Timed run(int count, float[][] vectors);
    }

    /** @param count texts in a round */
    Comparison(Scene scene, LoadedModels models, BenchTexts texts, int count) {
        Served chosen = models.chosen();
        this.scene = scene;
        this.texts = texts;
        this.tokens = chosen.model().tokenize(texts.first(count));
        this.expected = new float[tokens.size()][];
        this.engine = scene.rig().ceiling(chosen);
        turns.put(BenchPart.ENGINE, (n, vectors) -> engine.run(tokens.subList(0, n), vectors));
        add(BenchPart.PIPELINE, new WorkerContender(BenchPart.PIPELINE.code(), chosen));
        add(BenchPart.EXACTLY_ONCE, new WorkerContender(BenchPart.EXACTLY_ONCE.code(), chosen));
        add(BenchPart.PROCESSORS, new ProcessorsContender(chosen));
        models.wide().ifPresent(served -> add(BenchPart.ONE_PER_CALL, new OnePerCall(BenchPart.ONE_PER_CALL, served)));
        add(BenchPart.PARALLEL_CALLS, new OnePerCall(BenchPart.PARALLEL_CALLS, chosen));
        add(BenchPart.FIXED_BATCHES, new FixedBatches(chosen));
        models.onnxRuntime()
                .ifPresent(served ->
                        add(BenchPart.ONNXRUNTIME, new WorkerContender(BenchPart.ONNXRUNTIME.code(), served)));
    }

    /**
     * All rounds.
     *
     * @param mostWarmUps of each contender, each of at most {@code warmingTexts} texts
     */
    List<Round> run(Set<BenchPart> parts, int mostWarmUps, int warmingTexts, int rounds, long seed) {
        engine.run(tokens, expected);
        List<BenchPart> order = new ArrayList<>(turns.keySet());
        order.retainAll(parts);
        List<Round> found = new ArrayList<>();
        order.forEach(part -> warmUp(part, mostWarmUps, Math.min(warmingTexts, tokens.size())));
        Collections.rotate(order, Math.floorMod(seed, Math.max(1, order.size())));
        for (int round = 0; round < rounds; round++) {
            for (BenchPart part : order) {
                Round turn = turn(part, round, tokens.size());
                found.add(turn);
                say(turn, "round " + (round + 1) + "/" + rounds);
            }
            Collections.rotate(order, 1);
        }
        return found;
    }

    /** Rounds that are not counted, until the compiler has little left to do: a worker runs for weeks, a round for seconds. */
    private void warmUp(BenchPart part, int most, int count) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int i = 0; i < most; i++) {
            long before = compiler.getTotalCompilationTime();
            Round warm = turn(part, -1, count);
            say(warm, "warm-up");
            double compiling = (compiler.getTotalCompilationTime() - before) / 1_000.0;
            if (compiling < QUIET * warm.timed().seconds()) {
                return;
            }
        }
    }

    private Round turn(BenchPart part, int round, int count) {
        scene.stop().check();
        float[][] vectors = new float[count][];
        Turn turn = turns.get(part);
        if (turn == null) {
            throw new IllegalArgumentException("no contender " + part);
        }
        Timed timed = turn.run(count, vectors);
        return new Round(part, round, timed, Likeness.lowest(part.code(), expected, vectors));
    }

    private void add(BenchPart part, Contender contender) {
        turns.put(part, (count, vectors) -> {
            try (Course course = course(part)) {
                Timed timed = new Trial(course, contender, scene.stop())
                        .run(count, i -> Course.request(Outcomes.id(i), texts.at(i), Lane.LIVE));
                Outcomes.read(course, count, (result, i) -> vectors[i] = Likeness.vector(result));
                return timed;
            }
        });
    }

    private Course course(BenchPart part) {
        return switch (part) {
            case PROCESSORS -> scene.rig().courseWithProcessors();
            case EXACTLY_ONCE -> scene.rig().courseWithExactlyOnce();
            default -> scene.rig().course();
        };
    }

    private void say(Round round, String when) {
        scene.say(
                "  %-10s %-14s %8.1f texts/s  (%d in %.1f s)",
                when,
                round.contender().code(),
                round.timed().perSecond(),
                round.timed().records(),
                round.timed().seconds());
    }
}
