package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptModuleTest {
    @TempDir
    private Path directory;

    @Test
    void theArchiveHasTheRecordsThatLibtorchReads() throws IOException {
        Path file = write("a.pt");

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .startsWith("model/data.pkl", "model/code/__torch__.py", "model/data/0")
                    .endsWith("model/constants.pkl", "model/version", "model/byteorder");
            String code = new String(
                    zip.getInputStream(zip.getEntry("model/code/__torch__.py")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(code)
                    .startsWith("class Model(Module):\n")
                    .contains("  l0_qkv_w : Tensor\n", "torch.scaled_dot_product_attention(", "1.0e-12, False)");
            int words = TinyBert.WORDS * TinyBert.HIDDEN * Float.BYTES;
            assertThat(zip.getEntry("model/data/0").getSize()).isEqualTo(words);
        }
    }

    @Test
    void theSameSourceGivesTheSameBytes() throws IOException {
        assertThat(write("a.pt")).hasSameBinaryContentAs(write("b.pt"));
    }

    @Test
    void dataStartOnBoundariesOf64Bytes() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(write("a.pt"))).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> starts = new ArrayList<>();

        int at = 0;
        while (bytes.getInt(at) == 0x04034b50) {
            int start = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
            starts.add(start);
            at = start + bytes.getInt(at + 18);
        }

        assertThat(starts).hasSizeGreaterThan(20).allMatch(start -> start % StoredZip.ALIGNMENT == 0);
    }

    @Test
    void pickledNumbersTakeTheirShortestForm() {
        assertThat(hex(new PickleWriter().number(255))).isEqualTo("80024bff2e");
        assertThat(hex(new PickleWriter().number(256))).isEqualTo("80024a000100002e");
        assertThat(hex(new PickleWriter().number(-1))).isEqualTo("80024affffffff2e");
        assertThat(hex(new PickleWriter().number(1L << 31))).isEqualTo("80028a0800000080000000002e");
        assertThat(hex(new PickleWriter().numbers(1, 2).emptyTuple().flag(true)))
                .isEqualTo("8002284b014b027429882e");
        assertThat(hex(new PickleWriter().text("é"))).isEqualTo("80025802000000c3a92e");
    }

    @Test
    void tensorsKnowTheirStridesAndSize() {
        TorchTensor tensor = new TorchTensor(Precision.BF16, List.of(2L, 3L, 4L), new float[24]);

        assertThat(tensor.strides()).containsExactly(12, 4, 1);
        assertThat(tensor.bytes()).hasSize(48);
        assertThat(tensor.storage()).isEqualTo("BFloat16Storage");
    }

    private static String hex(PickleWriter pickle) {
        return HexFormat.of().formatHex(pickle.finish());
    }

    private Path write(String name) throws IOException {
        Path file = directory.resolve(name);
        BertModule.of(new BertGraph(TinyBert.graph(new TinyBert().bytes())), Variant.FP32)
                .write(file);
        return file;
    }
}
