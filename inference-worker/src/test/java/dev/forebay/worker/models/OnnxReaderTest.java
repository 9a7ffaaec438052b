package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
    @Test
    void nodesWeightsAndInputsAreRead() throws IOException {
        OnnxBytes node = new OnnxBytes().text(1, "x").text(1, "w").text(2, "y").text(4, "MatMul");
        OnnxBytes weight = OnnxBytes.floats("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

        OnnxGraph graph =
                read(new OnnxBytes().message(1, node).message(5, weight).message(11, new OnnxBytes().text(1, "x")));

        assertThat(graph.inputs()).containsExactly("x");
        assertThat(graph.nodes("MatMul")).singleElement().satisfies(read -> {
            assertThat(read.inputs()).containsExactly("x", "w");
            assertThat(graph.producer("y")).containsSame(read);
        });
        assertThat(graph.initializer("w")).hasValueSatisfying(read -> {
            assertThat(read.shape()).containsExactly(2L, 3L);
            assertThat(read.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        });
    }

    @Test
    void packedShapesAndInt64DataAreRead() throws IOException {
        OnnxBytes tensor = new OnnxBytes()
                .bytes(1, new byte[] {2})
                .number(2, OnnxTensor.INT64)
                .bytes(7, new byte[] {5, (byte) 0xac, 2})
                .text(8, "shape");

        OnnxGraph graph = read(someNode().message(5, tensor));

        assertThat(graph.initializer("shape"))
                .hasValueSatisfying(read -> assertThat(read.longs()).containsExactly(5, 300));
    }

    @Test
    void anEmptyFileIsNamed(@TempDir Path directory) throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.onnx"));

        assertThatThrownBy(() -> OnnxReader.read(empty))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("empty.onnx")
                .hasMessageContaining("no graph in it");
    }

    @Test
    void dataOfAnotherSizeThanTheShapeIsRefused() {
        OnnxBytes tensor = OnnxBytes.tensor("w", OnnxTensor.FLOAT, new byte[12], 2, 3);

        assertThatThrownBy(() -> read(someNode().message(5, tensor)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("the tensor w of shape [2, 3] with 12 bytes of data where 24 belong");
    }

    @Test
    void aShapeWhoseProductOverflowsIsRefused() {
        OnnxBytes tensor = OnnxBytes.tensor("w", OnnxTensor.FLOAT, new byte[0], 1L << 31, 1L << 31, 4);

        assertThatThrownBy(() -> read(someNode().message(5, tensor))).isInstanceOf(ModelFileException.class);
    }

    @Test
    void weightsInAnotherFileAreRefused() {
        OnnxBytes tensor = new OnnxBytes().text(8, "w").number(14, 1);

        assertThatThrownBy(() -> read(someNode().message(5, tensor)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("the weight w lies in another file");
    }

    @Test
    void aLengthBeyondTheFileIsRefused() {
        byte[] bytes = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 1};

        assertThatThrownBy(() -> TinyBert.graph(bytes))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("tiny.onnx")
                .hasMessageContaining("damaged or of another kind");
    }

    @Test
    void manyTinyPartsAreBounded() {
        byte[] bytes = new byte[2_000_000];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = 0x0a;
        }
        byte[] model = new OnnxBytes().bytes(7, bytes).done();

        assertThatThrownBy(() -> TinyBert.graph(model))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("more than 100000");
    }

    @Test
    void everyPrefixOfAFileEndsInAnAnswer() {
        byte[] whole = new TinyBert().bytes();

        for (int length = 0; length < whole.length; length++) {
            answers(Arrays.copyOf(whole, length), "prefix of " + length);
        }
    }

    @Test
    void damagedBytesEndInAnAnswer() {
        byte[] whole = new TinyBert().bytes();

        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = whole.clone();
            int changes = 1 + random.nextInt(8);
            for (int i = 0; i < changes; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            answers(damaged, "seed " + seed);
        }
    }

    @Test
    void noiseEndsInAnAnswer() {
        for (int seed = 0; seed < 500; seed++) {
            byte[] noise = new byte[2_000];
            new Random(seed).nextBytes(noise);
            answers(noise, "noise of seed " + seed);
        }
    }

    /** A graph, a module, or a complaint that names the file; nothing else. */
    private static void answers(byte[] bytes, String what) {
        try {
            BertModule.of(new BertGraph(TinyBert.graph(bytes)), Variant.FP32);
        } catch (ModelFileException e) {
            assertThat(e).as(what).hasMessageStartingWith("tiny.onnx: ");
        } catch (RuntimeException e) {
            fail(what + " ended in " + e, e);
        }
    }

    private static OnnxBytes someNode() {
        return new OnnxBytes().message(1, new OnnxBytes().text(4, "Identity"));
    }

    private static OnnxGraph read(OnnxBytes graph) throws IOException {
        byte[] model = new OnnxBytes().message(7, graph).done();
        return OnnxReader.read("tiny.onnx", ByteBuffer.wrap(model));
    }

    @Test
    void constantsAreFoundByWhatTheyGive() throws IOException {
        OnnxGraph graph = TinyBert.graph(new TinyBert().bytes());

        assertThat(graph.constant("heads"))
                .hasValueSatisfying(heads -> assertThat(heads.longs()).containsExactly(TinyBert.HEADS));
        assertThat(graph.constant("by_head")).isEmpty();
        assertThat(List.of(graph.file())).containsExactly("tiny.onnx");
    }
}
