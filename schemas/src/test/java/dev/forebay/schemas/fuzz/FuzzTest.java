package dev.forebay.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FuzzTest {
    private static final byte[] ROW = "{\"a\":1,\"b\":2,\"c\":3}".getBytes(StandardCharsets.UTF_8);
    private static final List<byte[]> EXAMPLES = List.of(ROW);

    @Test
    void aDecoderThatThrowsIsFoundAndWhatItThrewIsTold() {
        assertThatThrownBy(() -> Fuzz.run(1, EXAMPLES, (example, bytes) -> {
                    if (bytes.length < ROW.length) {
                        throw new IllegalStateException("a cut one");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 1, mutation ")
                .hasMessageContaining("a cut one")
                .hasMessageContaining("base64: ");
    }

    @Test
    void aDecoderThatAllocatesWhatNoInputPaidForIsFound() {
        List<byte[]> kept = new ArrayList<>();

        assertThatThrownBy(() -> Fuzz.run(1, EXAMPLES, (example, bytes) -> kept.add(new byte[5 << 20])))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes allocated");
        assertThat(kept).as("the example and the first mutation").hasSize(2);
    }

    @Test
    void theSameSeedGivesTheSameMutationsAndLeavesTheOriginal() {
        Mutations one = new Mutations(new Random(7));
        Mutations other = new Mutations(new Random(7));

        for (int i = 0; i < 1_000; i++) {
            assertThat(one.of(ROW)).isEqualTo(other.of(ROW));
        }
        assertThat(new String(ROW, StandardCharsets.UTF_8)).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    }

    @Test
    void everyKindOfDamageComesAboutEarly() {
        Mutations mutations = new Mutations(new Random(1));
        List<String> mutants = IntStream.range(0, 5_000)
                .mapToObj(i -> new String(mutations.of(ROW), StandardCharsets.ISO_8859_1))
                .toList();

        assertThat(mutants).anyMatch(text -> text.startsWith("{\"a\":1,\"b\":2") && text.length() < ROW.length);
        assertThat(mutants).anyMatch(text -> text.equals("{\"a\":1,\"b\":2,\"b\":2,\"c\":3}"));
        assertThat(mutants).anyMatch(text -> text.contains("[".repeat(100)));
        assertThat(mutants).anyMatch(text -> text.contains("9".repeat(2000)));
        assertThat(mutants).anyMatch(text -> text.contains("\u00c0\u0080"));
        assertThat(mutants).anyMatch(text -> text.contains("\u00ff\u00ff\u00ff\u00ff\u000f"));
    }
}
