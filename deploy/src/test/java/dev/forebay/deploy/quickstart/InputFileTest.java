package dev.forebay.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.connectors.archive.ArchiveFormat;
import dev.forebay.deploy.console.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFileTest {
    @Test
    void aHeaderThatIsNoCsvIsSaidInWords(@TempDir Path directory) throws Exception {
        Path path = Files.writeString(directory.resolve("input.csv"), "id,\"a \"b\ntext,c\n");

        assertThatThrownBy(() -> InputFile.of(new QuickstartOptions.Source(
                        Optional.of(path), Optional.of(ArchiveFormat.CSV), Optional.empty())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(path + " has no header line that is CSV");
    }
}
