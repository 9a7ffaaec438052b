package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Tokens;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaddedBatchTest {
    @Test
    void rowsArePaddedToAMultipleOfEight() {
        PaddedBatch batch = PaddedBatch.of(List.of(tokens(5, 6, 7), tokens(1, 2, 3, 4, 5, 6, 7, 8, 9)), 256);

        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.length()).isEqualTo(16);
        assertThat(longs(batch, 0)).startsWith(5L, 6L, 7L, 0L).endsWith(0L).hasSize(16);
        assertThat(longs(batch, 1)).startsWith(1L, 2L).endsWith(9L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(IntStream.range(0, 32)
                        .mapToLong(i -> batch.mask().getLong(i * 8))
                        .sum())
                .isEqualTo(3 + 9);
    }

    @Test
    void paddingStopsAtTheWindow() {
        assertThat(PaddedBatch.of(List.of(tokens(new long[10])), 10).length()).isEqualTo(10);
    }

    private static Tokens tokens(long... ids) {
        return new Tokens(ids, false);
    }

    private static List<Long> longs(PaddedBatch batch, int row) {
        return IntStream.range(0, batch.length())
                .mapToObj(i -> batch.ids().getLong((row * batch.length() + i) * Long.BYTES))
                .toList();
    }
}
