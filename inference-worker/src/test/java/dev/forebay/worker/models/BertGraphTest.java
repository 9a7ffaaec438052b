package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BertGraphTest {
    @Test
    void sizesAreReadFromTheGraph() throws IOException {
        BertShape shape = graph(new TinyBert()).shape();

        assertThat(shape)
                .isEqualTo(new BertShape(
                        1, TinyBert.HIDDEN, TinyBert.HEADS, TinyBert.INNER, TinyBert.WORDS, TinyBert.POSITIONS, 1e-12));
    }

    @Test
    void unnamedMatricesAreFoundByTheirBiasAndTurned() throws IOException {
        float[] stored = new float[TinyBert.HIDDEN * TinyBert.INNER];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = i;
        }
        // the fifth matrix that the exporter left unnamed is that of the inner layer, one row per input
        String unnamed = "onnx::MatMul_704";
        TinyBert bert =
                new TinyBert().with(unnamed, OnnxBytes.floats(unnamed, stored, TinyBert.HIDDEN, TinyBert.INNER));

        float[] turned = graph(bert).linear("encoder.layer.0.intermediate.dense", TinyBert.INNER, TinyBert.HIDDEN);

        assertThat(turned[0]).isEqualTo(0);
        assertThat(turned[1]).isEqualTo(TinyBert.INNER);
        assertThat(turned[TinyBert.HIDDEN]).isEqualTo(1);
    }

    @Test
    void aWeightOfAnotherShapeIsNamed() {
        String name = "encoder.layer.0.output.LayerNorm.weight";
        TinyBert bert = new TinyBert().with(name, OnnxBytes.floats(name, new float[7], 7));

        assertThatThrownBy(() -> BertModule.of(graph(bert), Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("[7]")
                .hasMessageContaining("[8] of fp32 belongs");
    }

    @Test
    void aMissingWeightIsNamed() {
        String name = "embeddings.token_type_embeddings.weight";

        assertThatThrownBy(() -> BertModule.of(graph(new TinyBert().without(name)), Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("no weight named " + name);
    }

    @Test
    void otherGraphsAreRefused() {
        byte[] other = new OnnxBytes()
                .message(7, new OnnxBytes().message(1, new OnnxBytes().text(4, "Conv")))
                .done();

        assertThatThrownBy(() -> new BertGraph(TinyBert.graph(other)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("input_ids and attention_mask");
    }

    private static BertGraph graph(TinyBert bert) throws ModelFileException {
        return new BertGraph(TinyBert.graph(bert.bytes()));
    }
}
