package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/forebay} over real JVMs that crash, are killed, end by themselves or are told to. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
@Timeout(60)
class LauncherRestartTest {
    /** In the place of the command: its second argument says what it does in its first life. */
    private static final String COMMAND =
            """
            package dev.forebay.deploy.cli;

            import java.nio.file.Files;
            import java.nio.file.Path;

            public class Forebay {
                public static void main(String[] args) throws Exception {
                    System.out.println("life of " + pid() + " after " + System.getProperty("forebay.last.process"));
                    if (args[1].equals("wait")) {
                        int[] count = new int[1];
                        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> {
                            System.out.println("TERM " + ++count[0]);
                            if (count[0] == 2) {
                                Runtime.getRuntime().halt(5);
                            }
                        });
                        System.out.println("waiting");
                        Thread.sleep(60_000);
                    }
                    if (!args[1].equals("end") && !Files.exists(Path.of(args[2]))) {
                        Files.createFile(Path.of(args[2]));
                        new ProcessBuilder("kill", "-" + args[1], Long.toString(pid())).start();
                        Thread.sleep(60_000);
                    }
                    System.exit(7);
                }

                private static long pid() {
                    return ProcessHandle.current().pid();
                }
            }
            """;

    /** Of SIGINT, number 2, in a set of signals. */
    private static final long INTERRUPT = 1L << 1;

    @TempDir
    private static Path install;

    @TempDir
    private Path directory;

    @BeforeAll
    static void install() throws IOException {
        Path source = Files.writeString(install.resolve("Forebay.java"), COMMAND);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, OutputStream.nullOutputStream(), "-d", install.toString(), source.toString());
        assertThat(status).isZero();
        Files.createDirectories(install.resolve("lib"));
        String name = "dev/forebay/deploy/cli/Forebay.class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(install.resolve("lib/forebay.jar")))) {
            jar.putNextEntry(new JarEntry(name));
            Files.copy(install.resolve(name), jar);
        }
        Files.createDirectories(install.resolve("bin"));
        Files.copy(Path.of("bin", "forebay"), install.resolve("bin/forebay"), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @CsvSource({"worker, SEGV", "up, ABRT"})
    void aWorkerThatCrashesIsStartedAgainAndToldOfIt(String command, String signal) throws Exception {
        Process launcher = launch(command, signal, directory.resolve("met").toString());
        List<String> lines =
                launcher.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(launcher.waitFor()).isEqualTo(7);
        String pid = lines.get(0).split(" ", -1)[2];
        List<String> ours = lines.stream()
                .filter(line -> line.startsWith("life of") || line.startsWith("forebay:"))
                .toList();
        assertThat(ours).hasSize(3);
        assertThat(ours.get(0)).isEqualTo("life of " + pid + " after ");
        assertThat(ours.get(1))
                .matches("forebay: the process crashed \\(SIGABRT\\) after \\d s and starts again in 1 s\\. "
                        + "Crash report: .*");
        assertThat(ours.get(2)).matches("life of \\d+ after " + pid + ":134");
        if (signal.equals("SEGV")) {
            Path report = directory.resolve("state/hs_err_pid" + pid + ".log");
            assertThat(report).exists();
            assertThat(ours.get(1)).endsWith("Crash report: " + report);
        }
    }

    @ParameterizedTest
    @CsvSource({"KILL, 137", "end, 7", "TERM, 143"})
    void anyOtherEndIsTheLaunchersOwn(String how, int status) throws Exception {
        Process launcher = launch("worker", how, directory.resolve("met").toString());
        List<String> lines =
                launcher.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(launcher.waitFor()).isEqualTo(status);
        assertThat(lines).filteredOn(line -> line.startsWith("life of")).hasSize(1);
    }

    @Test
    void aCommandWithoutAWorkerOfItsOwnIsNotStartedAgain() throws Exception {
        Process launcher = launch("quickstart", "SEGV", directory.resolve("met").toString());
        List<String> lines =
                launcher.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(launcher.waitFor()).isEqualTo(134);
        assertThat(lines).filteredOn(line -> line.startsWith("life of")).hasSize(1);
    }

    /** Without SIGINT where this process ignores it, as a job in the background does: no shell below it could trap it. */
    static Stream<String> signals() throws IOException {
        Path status = Path.of("/proc/self/status");
        long ignored = Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .findFirst()
                        .orElse(0)
                : 0;
        return (ignored & INTERRUPT) == 0 ? Stream.of("TERM", "INT") : Stream.of("TERM");
    }

    @ParameterizedTest
    @MethodSource("signals")
    void signalsArePassedOnAndSoIsTheSecond(String signal) throws Exception {
        Process launcher = launch("worker", "wait");
        BufferedReader out = launcher.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).startsWith("life of");
        assertThat(out.readLine()).isEqualTo("waiting");

        kill(signal, launcher.pid());
        assertThat(out.readLine()).isEqualTo("TERM 1");
        assertThat(launcher.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        kill(signal, launcher.pid());

        assertThat(out.readLine()).isEqualTo("TERM 2");
        assertThat(launcher.waitFor()).isEqualTo(5);
    }

    @Test
    void aStopDuringThePauseEndsIt() throws Exception {
        Process launcher = launch("worker", "ABRT", directory.resolve("met").toString());
        BufferedReader out = launcher.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (!line.startsWith("forebay:")) {
            line = out.readLine();
        }

        kill("TERM", launcher.pid());

        assertThat(launcher.waitFor()).isEqualTo(134);
        assertThat(out.lines()).noneMatch(later -> later.startsWith("life of"));
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", install.resolve("bin/forebay").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("FOREBAY_STATE", directory.resolve("state").toString());
        // a JVM that has them says so in a line of its own
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("FOREBAY_OPTS", "-XX:TieredStopAtLevel=1");
        return builder.start();
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
