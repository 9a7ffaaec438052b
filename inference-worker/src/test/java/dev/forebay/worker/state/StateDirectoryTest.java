package dev.forebay.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void workersOfOneProcessHaveDifferentSlots() {
        try (StateDirectory first = StateDirectory.open(root);
                StateDirectory second = StateDirectory.open(root)) {
            assertThat(first.slot()).isZero();
            assertThat(second.slot()).isEqualTo(1);
            assertThat(second.directory()).isDirectory().hasFileName("slot-1");
        }
    }

    @Test
    void theLowestFreeSlotIsTaken() {
        StateDirectory first = StateDirectory.open(root);
        try (StateDirectory second = StateDirectory.open(root)) {
            first.close();

            try (StateDirectory third = StateDirectory.open(root)) {
                assertThat(third.slot()).isZero();
                assertThat(second.slot()).isEqualTo(1);
            }
        }
    }

    @Test
    void aSlotOfAnotherProcessIsTakenAgainWhenThatWasKilled() throws Exception {
        try (SlotHolder other = SlotHolder.start(root)) {
            assertThat(other.slot()).isZero();
            try (StateDirectory own = StateDirectory.open(root)) {
                assertThat(own.slot()).isEqualTo(1);
            }
            other.close();

            try (StateDirectory own = StateDirectory.open(root)) {
                assertThat(own.slot()).isZero();
            }
        }
    }

    /** POSIX lets go of every lock on a file when any channel of it is closed. */
    @Test
    void lookingForASecondSlotDoesNotLoseTheFirst() throws Exception {
        try (StateDirectory first = StateDirectory.open(root);
                StateDirectory second = StateDirectory.open(root);
                SlotHolder other = SlotHolder.start(root)) {
            assertThat(first.slot()).isZero();
            assertThat(second.slot()).isEqualTo(1);
            assertThat(other.slot()).isEqualTo(2);
        }
    }

    @Test
    void oneDirectoryUnderTwoNamesIsOneDirectory(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), root);
        try (StateDirectory first = StateDirectory.open(root);
                StateDirectory second = StateDirectory.open(link)) {
            assertThat(second.slot()).isNotEqualTo(first.slot());
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamedWithItsKey() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> StateDirectory.open(file.resolve("state")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("worker.state: " + file.resolve("state"));
    }

    @Test
    void theEnvironmentNamesTheDirectoryOrItIsBesideTheModels() {
        assertThat(StateDirectory.defaultRoot(Map.of("FOREBAY_STATE", "/var/lib/forebay")))
                .isEqualTo(Path.of("/var/lib/forebay"));
        assertThat(StateDirectory.defaultRoot(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".forebay", "state"));
    }
}
