package dev.forebay.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Apicurio Registry as a process; the Maven profile {@code interop} fetches it. */
@Tag("apicurio")
class ApicurioRegistryInteropTest extends RegistryContract {
    private static Process process;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        Path home = Path.of(System.getProperty("apicurio.home", "target/apicurio"));
        Path log = home.resolve("apicurio.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        runner(home).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await("Apicurio, see " + log)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(250))
                .until(ApicurioRegistryInteropTest::answers);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Override
    URI url() {
        return base();
    }

    private static URI base() {
        return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }

    private static boolean answers() throws InterruptedException {
        assertThat(process.isAlive()).as("the process runs").isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/subjects"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path runner(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no runner in " + home + "; run with -Pinterop"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
