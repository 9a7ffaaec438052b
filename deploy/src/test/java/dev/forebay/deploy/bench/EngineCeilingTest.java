package dev.forebay.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.batch.BatchPolicy;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EngineCeilingTest {
    private static final BatchPolicy POLICY = new BatchPolicy(64, 4, 1, 8, 0);

    @Test
    void longestComeFirstAndABatchHoldsWhatItsPaddedTokensAllow() {
        assertThat(EngineCeiling.plan(List.of(8, 30, 17, 8, 8, 8, 8, 100), POLICY))
                .containsExactly(List.of(7), List.of(1, 2), List.of(0, 3, 4, 5), List.of(6));
    }

    @Test
    void everyTextIsInExactlyOneBatchWithinTheBudget() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Integer> lengths =
                    random.ints(random.nextInt(200), 1, 100).boxed().toList();

            List<List<Integer>> plan = EngineCeiling.plan(lengths, POLICY);

            assertThat(plan.stream().flatMap(List::stream).sorted())
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            IntStream.range(0, lengths.size()).boxed().toList());
            for (List<Integer> batch : plan) {
                int longest = (lengths.get(batch.get(0)) + 7) / 8 * 8;
                assertThat(batch.size() == 1 || (batch.size() * longest <= 64 && batch.size() <= 4))
                        .as("seed %d: %s", seed, batch)
                        .isTrue();
            }
        }
    }
}
