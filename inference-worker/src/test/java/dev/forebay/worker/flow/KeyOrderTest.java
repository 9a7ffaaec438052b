package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyOrderTest {
    private final KeyOrder<Integer> order = new KeyOrder<>();

    @Test
    void secondOfAKeyWaitsForTheFirst() {
        assertThat(order.arrive(key("a"), 1)).isTrue();
        assertThat(order.arrive(key("a"), 2)).isFalse();
        assertThat(order.arrive(key("a"), 3)).isFalse();

        assertThat(order.ended(key("a"))).isEqualTo(2);
        assertThat(order.ended(key("a"))).isEqualTo(3);
        assertThat(order.ended(key("a"))).isNull();
        assertThat(order.arrive(key("a"), 4)).isTrue();
    }

    @Test
    void otherKeysDoNotWait() {
        for (int i = 0; i < 64; i++) {
            assertThat(order.arrive(key("k" + i), i)).isTrue();
        }
    }

    @Test
    void elementsWithoutAKeyAreFree() {
        assertThat(order.arrive(null, 1)).isTrue();
        assertThat(order.arrive(null, 2)).isTrue();
        assertThat(order.ended(null)).isNull();
    }

    @Test
    void emptyKeyIsAKey() {
        assertThat(order.arrive(new byte[0], 1)).isTrue();
        assertThat(order.arrive(new byte[0], 2)).isFalse();
    }

    @Test
    void endOfWhatNeverCameIsABug() {
        assertThatIllegalStateException().isThrownBy(() -> order.ended(key("a")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachKeyKeepsItsOrderAndNothingIsLeftBehind(long seed) {
        Random random = new Random(seed);
        List<Integer> running = new ArrayList<>();
        List<Queue<Integer>> expected = new ArrayList<>();
        for (int key = 0; key < 10; key++) {
            expected.add(new ArrayDeque<>());
        }
        int arrived = 0;
        while (arrived < 2_000 || !running.isEmpty()) {
            if (arrived < 2_000 && random.nextBoolean()) {
                int key = random.nextInt(10);
                int element = arrived++ * 10 + key;
                expected.get(key).add(element);
                if (order.arrive(key("k" + key), element)) {
                    running.add(element);
                }
            } else if (!running.isEmpty()) {
                int element = running.remove(random.nextInt(running.size()));
                assertThat(expected.get(element % 10).poll())
                        .as("seed %d", seed)
                        .isEqualTo(element);
                Integer next = order.ended(key("k" + element % 10));
                if (next != null) {
                    running.add(next);
                }
            }
            assertThat(running.stream().map(element -> element % 10).distinct())
                    .as("seed %d: one of a key", seed)
                    .hasSize(running.size());
        }
        assertThat(order.keys()).isZero();
        assertThat(expected).allMatch(Queue::isEmpty);
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
