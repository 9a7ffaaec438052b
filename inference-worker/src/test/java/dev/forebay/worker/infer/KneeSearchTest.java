package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class KneeSearchTest {
    private static final long BOUND = TimeUnit.SECONDS.toNanos(20);
    /** Tokens per second at best. */
    private static final double CPU = 8_000;

    private static final double GPU = 1_000_000;

    @Test
    void aCurveThatIsFlatFrom512OnGives512AndNotTheLargestThatFits() {
        Device device = new Device(KneeSearchTest::flatFrom512, CPU, 0, 1);

        Knee knee = device.search(64).orElseThrow();

        assertThat(knee.paddedTokens()).isEqualTo(512);
        assertThat(knee.end()).isEqualTo(Knee.End.CLEAR);
        assertThat(knee.curve().get(knee.curve().size() - 1).paddedTokens()).isEqualTo(2048);
        assertThat(knee.curve().get(3).tokensPerSecond()).isBetween(0.9 * CPU, 1.1 * CPU);
        assertThat(TimeUnit.NANOSECONDS.toMillis(device.clock)).isLessThan(8_000);
    }

    @Test
    void aCurveThatRisesTo8192AsAGpuDoesGives8192() {
        Knee knee =
                new Device(KneeSearchTest::risingTo8192, GPU, 0, 1).search(1024).orElseThrow();

        assertThat(knee.paddedTokens()).isEqualTo(8192);
        assertThat(knee.end()).isEqualTo(Knee.End.CLEAR);
    }

    @Test
    void aSmallWindowIsMeasuredWithWhatFitsIt() {
        Device device = new Device(KneeSearchTest::flatFrom512, CPU, 0, 1);
        device.window = 12;

        assertThat(device.search(64).orElseThrow().paddedTokens()).isBetween(256, 512);
        assertThat(device.asked).allMatch(shape -> shape.length() == 12);
    }

    @Test
    void noiseOfTenPercentSeldomMovesTheKneeAndNoiseOfTwentySeldomByMoreThanAFactorOfTwo() {
        assertThat(misses(KneeSearchTest::flatFrom512, CPU, 512, 0.10, 1)).hasSizeLessThanOrEqualTo(10);
        assertThat(misses(KneeSearchTest::risingTo8192, GPU, 8192, 0.10, 1)).hasSizeLessThanOrEqualTo(10);
        assertThat(misses(KneeSearchTest::flatFrom512, CPU, 512, 0.20, 2)).hasSizeLessThanOrEqualTo(20);
        assertThat(misses(KneeSearchTest::risingTo8192, GPU, 8192, 0.20, 2)).hasSizeLessThanOrEqualTo(20);
    }

    /** Of 200 seeds, the knees that are further than a factor from the true one. */
    private static List<Integer> misses(
            DoubleUnaryOperator curve, double speed, int expected, double noise, int factor) {
        List<Integer> found = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            Device device = new Device(curve, speed, noise, seed);
            int budget = device.search(1024).orElseThrow().paddedTokens();
            if (budget > expected * factor || budget < expected / factor) {
                found.add(budget);
            }
            assertThat(device.clock).as("seed %d", seed).isLessThanOrEqualTo((long) (1.5 * BOUND));
        }
        return found;
    }

    @Test
    void aShapeThatRunsOutOfMemoryEndsTheAscentAndIsNotTriedAgain() {
        Device device = new Device(KneeSearchTest::risingTo8192, GPU, 0, 1);
        device.memory = 3_000;

        Knee knee = device.search(1024).orElseThrow();

        assertThat(knee.paddedTokens()).isEqualTo(2048);
        assertThat(knee.end()).isEqualTo(Knee.End.OUT_OF_MEMORY);
        assertThat(knee.rounds()).isGreaterThanOrEqualTo(3);
        assertThat(device.asked.stream().filter(shape -> shape.tokens() > 3_000))
                .hasSize(1);
    }

    @Test
    void memoryThatShrinksInLaterRoundsLowersTheCeiling() {
        Device device = new Device(KneeSearchTest::risingTo8192, GPU, 0, 1);
        device.memory = 3_000;
        device.shrinksTo = 600;
        device.shrinksAfter = 40;

        assertThat(device.search(1024).orElseThrow().paddedTokens()).isEqualTo(512);
    }

    @Test
    void aDeviceWithoutMemoryForTheSmallestBudgetGivesNothing() {
        Device device = new Device(KneeSearchTest::flatFrom512, CPU, 0, 1);
        device.memory = 20;

        assertThat(device.search(64)).isEmpty();
    }

    @Test
    void theSearchEndsWithinItsTimeAndUsesWhatItHas() {
        Device slow = new Device(KneeSearchTest::flatFrom512, 400, 0, 1);

        Knee knee = slow.search(64).orElseThrow();

        assertThat(knee.end()).isEqualTo(Knee.End.TIME);
        assertThat(knee.paddedTokens()).isBetween(256, 1024);
        assertThat(slow.clock).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void aSearchThatWasCutShortHasNoKnee() {
        Device device = new Device(KneeSearchTest::flatFrom512, CPU, 0, 1);
        device.stopsAfter = 20;

        assertThat(device.search(64)).isEmpty();
    }

    @Test
    void theBoundOnTheCountIsTheLastBudget() {
        Knee knee = new Device(tokens -> tokens, GPU, 0, 1).search(8).orElseThrow();

        assertThat(knee.paddedTokens()).isEqualTo(512);
        assertThat(knee.end()).isEqualTo(Knee.End.LARGEST);
    }

    @Test
    void theFirstCallsOfAShapeDoNotCount() {
        Device device = new Device(KneeSearchTest::flatFrom512, CPU, 0, 1);
        device.compileNanos = 200_000_000;

        assertThat(device.search(64).orElseThrow().paddedTokens()).isEqualTo(512);
    }

    private static double flatFrom512(double tokens) {
        return Math.sqrt(Math.min(1, tokens / 512));
    }

    private static double risingTo8192(double tokens) {
        return Math.pow(Math.min(1, tokens / 8192), 0.7);
    }

    /** A device in virtual time. */
    private static final class Device {
        private final DoubleUnaryOperator curve;
        private final double speed;
        private final double noise;
        private final Random random;
        private final List<Shape> asked = new ArrayList<>();
        private int window = 256;
        private int memory = Integer.MAX_VALUE;
        private int shrinksTo = Integer.MAX_VALUE;
        private int shrinksAfter = Integer.MAX_VALUE;
        private int stopsAfter = Integer.MAX_VALUE;
        private long compileNanos;
        private long clock;

        /** @param curve share of the speed over the tokens of a batch */
        Device(DoubleUnaryOperator curve, double speed, double noise, long seed) {
            this.curve = curve;
            this.speed = speed;
            this.noise = noise;
            this.random = new Random(seed);
        }

        Optional<Knee> search(int maxCount) {
            KneeSearch search = new KneeSearch(new KneeSearch.Bounds(window, maxCount, 1, BOUND));
            Optional<Shape> shape = search.next(clock);
            while (shape.isPresent() && asked.size() < stopsAfter) {
                run(search, shape.get());
                shape = search.next(clock);
            }
            return search.knee();
        }

        private void run(KneeSearch search, Shape shape) {
            boolean first = !asked.contains(shape);
            asked.add(shape);
            memory = asked.size() > shrinksAfter ? shrinksTo : memory;
            if (shape.tokens() > memory) {
                search.outOfMemory();
                return;
            }
            double seconds = shape.tokens() / (speed * curve.applyAsDouble(shape.tokens()));
            long nanos = (long) (1e9 * seconds * Math.exp(noise * random.nextGaussian())) + (first ? compileNanos : 0);
            clock += nanos;
            search.ran(nanos);
        }
    }
}
