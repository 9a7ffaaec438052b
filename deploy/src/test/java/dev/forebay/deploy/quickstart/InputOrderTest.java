package dev.forebay.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputOrderTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 1 << 20})
    void anyOrderWithRepetitionsIsWrittenInTheOrderOfTheInputOnce(long memory) throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            written.reset();
            Random random = new Random(seed);
            int count = 1 + random.nextInt(200);
            List<Integer> arrivals =
                    new ArrayList<>(IntStream.range(0, count).boxed().toList());
            arrivals.addAll(arrivals.subList(0, count / 3));
            Collections.shuffle(arrivals, random);

            int taken = 0;
            try (InputOrder order = order(memory)) {
                for (int index : arrivals) {
                    taken += order.add(index, line(index)) ? 1 : 0;
                }
                assertThat(order.waiting()).as("seed %d", seed).isZero();
            }

            assertThat(taken).as("seed %d", seed).isEqualTo(count);
            assertThat(text()).as("seed %d", seed).isEqualTo(expected(count));
        }
    }

    @Test
    void nothingIsWrittenBeforeWhatIsMissing() throws IOException {
        try (InputOrder order = order(1 << 20)) {
            order.add(2, line(2));
            order.add(1, line(1));

            assertThat(text()).isEmpty();
            assertThat(order.waiting()).isEqualTo(2);
        }
    }

    @Test
    void firstOfTwoLinesWithOneIndexCounts() throws IOException {
        try (InputOrder order = order(1 << 20)) {
            assertThat(order.add(1, "first".getBytes(StandardCharsets.UTF_8))).isTrue();
            assertThat(order.add(1, "second".getBytes(StandardCharsets.UTF_8))).isFalse();
            assertThat(order.add(0, "zero".getBytes(StandardCharsets.UTF_8))).isTrue();
            assertThat(order.add(0, "late".getBytes(StandardCharsets.UTF_8))).isFalse();
        }
        assertThat(text()).isEqualTo("zero\nfirst\n");
    }

    @Test
    void scratchFileIsGoneAfterClose() throws IOException {
        try (InputOrder order = order(0)) {
            order.add(5, line(5));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private InputOrder order(long memory) {
        return new InputOrder(written, new ScratchFile(directory.resolve("waiting")), memory);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Of a length that depends on the index, so that a line read from the wrong place shows. */
    private static byte[] line(int index) {
        return ("line " + index + " " + "x".repeat(index % 7)).getBytes(StandardCharsets.UTF_8);
    }

    private static String expected(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> new String(line(index), StandardCharsets.UTF_8) + "\n")
                .collect(Collectors.joining());
    }
}
