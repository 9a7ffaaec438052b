package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import dev.forebay.deploy.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;

/** A broker in a process of its own, always on the same port and data, so that it can be killed, stopped and started. */
public final class BrokerProcess implements AutoCloseable {
    private static final String STARTED = "broker started";

    private final Path directory;
    private final int port;
    private int starts;
    private ChildJvm process;

    private BrokerProcess(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    static BrokerProcess start(Path directory) {
        return new BrokerProcess(directory, freePort());
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** SIGKILL. */
    void kill() {
        process.close();
    }

    /** SIGTERM, and waits for a clean end. */
    void stop() {
        process.stop(Duration.ofSeconds(30));
    }

    /** Starts it again after {@link #kill} or {@link #stop}; returns when it answers. */
    void restart() {
        process = launch();
    }

    /** For signals that are neither of these. */
    ChildJvm process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildJvm launch() {
        ChildJvm started = ChildJvm.start(
                directory.resolveSibling("broker-" + starts++ + ".log"),
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                BrokerProcess.class.getName(),
                directory.toString(),
                Integer.toString(port));
        Awaitility.await("the broker starts")
                .atMost(Duration.ofMinutes(3)) // after kill -9, on a machine with much else to do
                .failFast("it ended", () -> !started.isAlive())
                .until(() -> started.log().contains(STARTED));
        return started;
    }

    /** @param args the data directory and the port */
    public static void main(String[] args) {
        EmbeddedKafka kafka = EmbeddedKafka.start(
                new EmbeddedKafka.Options(Path.of(args[0]), Integer.parseInt(args[1]), FaultLab.QUICK_EXPULSION));
        // A broker that cannot write ends its process, as one that is not embedded does.
        Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
        Exit.setExitProcedure((status, message) -> Runtime.getRuntime().halt(status));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop"));
        System.out.println(STARTED);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory below {@code parent} that is there. */
    static Path dataDirectory(Path parent) {
        try {
            return Files.createDirectories(parent.resolve("broker"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
