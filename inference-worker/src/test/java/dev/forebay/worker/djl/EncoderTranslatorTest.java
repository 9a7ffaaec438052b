package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.Inference;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderTranslatorTest {
    @Test
    void aRowThatIsNotFiniteIsInvalidAlone() {
        float[] values = {1, 2, Float.NaN, 4, 5, 6, 7, Float.NEGATIVE_INFINITY};

        List<Inference> rows = EncoderTranslator.rows(values, 2);

        assertThat(rows).hasSize(4);
        assertThat(((Inference.Vector) rows.get(0)).values()).containsExactly(1, 2);
        assertThat(rows.get(1)).isEqualTo(new Inference.Invalid("the model's output holds NaN"));
        assertThat(((Inference.Vector) rows.get(2)).values()).containsExactly(5, 6);
        assertThat(rows.get(3)).isEqualTo(new Inference.Invalid("the model's output holds -Infinity"));
    }
}
