package dev.forebay.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class StopTest {
    private static final int TERMINATED = 143;

    @Test
    void firstSignalWaitsForTheEndAndTheSecondDoesNot() throws Exception {
        Process process = start("never");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("running");

        process.toHandle().destroy(); // unlike destroy() it leaves the streams open
        assertThat(out.readLine()).isEqualTo("stopping");
        assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();

        process.toHandle().destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void anOrderlyEndHasItsOwnExitCode() throws Exception {
        Process process = start("soon");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("running");

        process.toHandle().destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Process start(String end) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stopping.class.getName(),
                        end)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A process that has something to close. */
    static final class Stopping {
        public static void main(String[] arguments) throws Exception {
            Stop stop = Stop.onSignal().claim();
            System.out.println("running");
            while (!stop.await(Duration.ofSeconds(1))) {
                // nothing else to do
            }
            System.out.println("stopping");
            if (arguments[0].equals("soon")) {
                stop.finished(0);
            }
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
