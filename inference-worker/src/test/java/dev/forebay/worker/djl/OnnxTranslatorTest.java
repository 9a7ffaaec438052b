package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OnnxTranslatorTest {
    @Test
    void aRowIsTheMeanOfItsOwnTokensAndNotOfItsPadding() {
        float[] states = {3, 0, 0, 4, 9, 9, /* second row */ 1, 1, 1, 1, 1, 1};

        float[] vectors = OnnxTranslator.pool(FloatBuffer.wrap(states), new int[] {2, 3}, 2);

        assertThat(vectors).hasSize(4);
        assertThat(vectors[0]).isCloseTo(0.6f, Offset.offset(1e-6f));
        assertThat(vectors[1]).isCloseTo(0.8f, Offset.offset(1e-6f));
        assertThat(vectors[2]).isEqualTo(vectors[3]).isCloseTo(0.70710677f, Offset.offset(1e-6f));
    }

    @Test
    void aRowOfZerosStaysZero() {
        assertThat(OnnxTranslator.pool(FloatBuffer.wrap(new float[4]), new int[] {2}, 2))
                .containsExactly(0, 0);
    }

    @Test
    void aRowThatIsNotANumberIsNotHidden() {
        assertThat(OnnxTranslator.pool(FloatBuffer.wrap(new float[] {Float.NaN, 1}), new int[] {1}, 2))
                .contains(Float.NaN);
    }
}
