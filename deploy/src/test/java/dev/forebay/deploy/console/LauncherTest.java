package dev.forebay.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    @TempDir
    private Path directory;

    /** Waits for its launcher's end, far longer than a test may take. */
    static final class Waiting {
        public static void main(String[] args) throws InterruptedException {
            Launcher.endWithIt();
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    @Test
    void aProcessWhoseLauncherIsKilledGoesWithIt() throws IOException {
        Process launcher = new ProcessBuilder("sleep", "300").start();
        try (ChildJvm process = start(Long.toString(launcher.pid()))) {
            assertThat(process.endsWithin(Duration.ofSeconds(2))).isFalse();

            launcher.destroyForcibly();

            assertThat(process.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(process.exitCode()).isEqualTo(137);
        } finally {
            launcher.destroyForcibly();
        }
    }

    @Test
    void aProcessWithoutALauncherLives() {
        try (ChildJvm process = start("")) {
            assertThat(process.endsWithin(Duration.ofSeconds(2))).isFalse();
        }
    }

    private ChildJvm start(String launcher) {
        return ChildJvm.start(
                directory.resolve("log"),
                List.of("-XX:TieredStopAtLevel=1", "-Dforebay.launcher=" + launcher),
                Waiting.class.getName());
    }
}
