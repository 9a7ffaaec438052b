package dev.forebay.deploy.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.schemas.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeded mutations of whole files: each can be used, or the person is told why not. */
final class InputFileFuzzTest {
    private static final long SEED = 5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aMutatedFileIsUsedOrRefusedInWords(ArchiveFormat format) throws Exception {
        Path path = directory.resolve("input");
        AtomicInteger used = new AtomicInteger();

        Fuzz.run(SEED, List.of(example(format)), (which, bytes) -> {
            Files.deleteIfExists(path); // ext4 writes a file to the disk at once that is cut and written again
            Files.write(path, bytes);
            try {
                InputFile file = InputFile.of(
                        new QuickstartOptions.Source(Optional.of(path), Optional.of(format), Optional.empty()));
                if (file.count() >= 0) {
                    used.incrementAndGet();
                }
            } catch (UsageException | FailedException e) {
                if (String.valueOf(e.getMessage()).isBlank()) {
                    throw new AssertionError("refused without a word", e);
                }
            }
        });

        assertThat(used).as("with the example itself").hasValueBetween(2, Fuzz.MUTATIONS + 1);
    }

    private static byte[] example(ArchiveFormat format) {
        String text =
                switch (format) {
                    case CSV -> "id,text\n1,\"a \"\"b\"\"\"\n2,c\n";
                    case JSONL -> "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"b\"}\n";
                    case TEXT -> "a\nb\n";
                };
        return text.getBytes(UTF_8);
    }
}
