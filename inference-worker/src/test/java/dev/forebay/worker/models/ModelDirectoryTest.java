package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    @Test
    void aModelIsReadAsItWasStored() throws IOException {
        install("abc-fp32", "2026-01-01T00:00:00Z");

        InstalledModel model =
                ModelDirectory.at(root).find("tiny", Variant.FP32).orElseThrow();

        model.verify();
        assertThat(model.read("model.pt")).isEqualTo(WEIGHTS);
        assertThat(model.card().source().licence()).isEqualTo("Apache-2.0");
    }

    @Test
    void theLastImportOfAVariantIsFound() throws IOException {
        install("bbb-fp32", "2026-01-01T00:00:00Z");
        install("aaa-fp32", "2026-02-01T00:00:00Z");

        assertThat(ModelDirectory.at(root).find("tiny", Variant.FP32))
                .hasValueSatisfying(model -> assertThat(model.directory()).endsWithRaw(Path.of("aaa-fp32")));
        assertThat(ModelDirectory.at(root).find("tiny", Variant.BF16)).isEmpty();
        assertThat(ModelDirectory.at(root).find("other", Variant.FP32)).isEmpty();
        assertThat(ModelDirectory.at(root).list()).hasSize(2);
        assertThat(ModelDirectory.at(root.resolve("nowhere")).list()).isEmpty();
    }

    @Test
    void oneChangedByteIsRefused() throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve("model.pt"), "weightz");

        InstalledModel model = InstalledModel.open(directory);

        assertThatThrownBy(() -> model.read("model.pt"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("model.pt")
                .hasMessageContaining("changed since it was imported: its sha256 is")
                .hasMessageContaining("import it again");
        assertThatThrownBy(model::verify).isInstanceOf(ModelFileException.class);
    }

    @Test
    void aFileThatIsNotPinnedIsRefusedWhateverItsCardSays() throws IOException {
        install("abc-fp32", "2026-01-01T00:00:00Z");

        assertThat(ModelDirectory.at(root, Set.of(Sha256.of(WEIGHTS))).find("tiny", Variant.FP32))
                .isPresent();
        assertThatThrownBy(() -> ModelDirectory.at(root, Set.of("0".repeat(64))).find("tiny", Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(Sha256.of(WEIGHTS) + " is not in models.sha256");
    }

    @Test
    void aFileOfAnotherSizeIsRefusedBeforeItIsRead() throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve("model.pt"), "weights and more");

        assertThatThrownBy(() -> InstalledModel.open(directory).read("model.pt"))
                .hasMessageContaining("16 bytes where the card says 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libs/x.jar", "lib/x.class", "x.jar", "data.pkl", "Evil.class", "notes.txt", ".hidden"})
    void whatTheCardDoesNotListIsRefused(String planted) throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Path file = directory.resolve(planted);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");

        assertThatThrownBy(() -> ModelDirectory.at(root).find("tiny", Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(planted.split("/", -1)[0]);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Path elsewhere = Files.write(root.resolve("elsewhere"), WEIGHTS);
        Files.delete(directory.resolve("model.pt"));
        Files.createSymbolicLink(directory.resolve("model.pt"), elsewhere);

        assertThatThrownBy(() -> InstalledModel.open(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("model.pt")
                .hasMessageContaining("no links");
    }

    @Test
    void aLinkedVersionIsRefused() throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Files.createSymbolicLink(root.resolve("tiny/def-fp32"), directory);

        assertThatThrownBy(() -> ModelDirectory.at(root).find("tiny", Variant.FP32))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("def-fp32");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Files.delete(directory.resolve(InstalledModel.TOKENIZER));

        assertThatThrownBy(() -> InstalledModel.open(directory).read(InstalledModel.TOKENIZER))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("tokenizer.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"format\": 1}", "{\"format\": 99}"})
    void aBrokenCardIsNamed(String card) throws IOException {
        Path directory = install("abc-fp32", "2026-01-01T00:00:00Z");
        Files.writeString(directory.resolve(ModelCard.FILE), card);

        assertThatThrownBy(() -> InstalledModel.open(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("model-card.json");
    }

    @Test
    void namesThatLeaveTheDirectoryAreRefused() {
        assertThatThrownBy(() -> ModelDirectory.at(root).find("../x", Variant.FP32))
                .isInstanceOf(ModelFileException.class);
    }

    @Test
    void theDefaultPlaceCanBeMovedByTheEnvironment() {
        assertThat(ModelDirectory.defaultRoot(Map.of("FOREBAY_MODELS", "/srv/models")))
                .isEqualTo(Path.of("/srv/models"));
        assertThat(ModelDirectory.defaultRoot(Map.of())).endsWithRaw(Path.of(".forebay", "models"));
    }

    private Path install(String version, String importedAt) throws IOException {
        Path directory = Files.createDirectories(root.resolve("tiny").resolve(version));
        Files.write(directory.resolve("model.pt"), WEIGHTS);
        Files.write(directory.resolve(InstalledModel.TOKENIZER), WEIGHTS);
        ModelCard.StoredFile stored = new ModelCard.StoredFile(Sha256.of(WEIGHTS), WEIGHTS.length);
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                "tiny",
                "0123456789ab",
                new ModelCard.Source("tests:tiny:1", "Apache-2.0", "00"),
                "none",
                8,
                20,
                16,
                Variant.FP32,
                Map.of("model.pt", stored, InstalledModel.TOKENIZER, stored),
                Parity.NOT_MEASURED,
                importedAt,
                Map.of());
        Files.write(directory.resolve(ModelCard.FILE), card.json());
        return directory;
    }
}
