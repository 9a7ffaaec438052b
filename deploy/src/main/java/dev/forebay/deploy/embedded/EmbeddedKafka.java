package dev.forebay.deploy.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.PropertiesUtils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker with its controller, KRaft mode, in this process and reachable from this machine alone. For trying
 * Forebay and for tests: one node, no replicas, no authentication. The server classes it uses are Kafka's own and not
 * its API, so it belongs to exactly the Kafka version that Forebay is built with.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final long CLOSE_SECONDS = 20;

    private final KafkaRaftServer server;
    private final int port;
    private final DataDirectory directory;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param dataDir kept, and reopened with what is in it; null for a temporary one that is deleted on close
     * @param port of the broker's listener, 0 for a free one
     * @param overrides broker properties that win over ours
     */
    public record Options(@Nullable Path dataDir, int port, Map<String, String> overrides) {
        public Options {
            overrides = Map.copyOf(overrides);
        }

        /** Nothing is kept, any port. */
        public static Options temporary() {
            return new Options(null, 0, Map.of());
        }

        public static Options keptIn(Path dataDir) {
            return new Options(dataDir, 0, Map.of());
        }
    }

    private EmbeddedKafka(KafkaRaftServer server, int port, DataDirectory directory) {
        this.server = server;
        this.port = port;
        this.directory = directory;
    }

    public static EmbeddedKafka start() {
        return start(Options.temporary());
    }

    /**
     * Returns when the broker answers.
     *
     * @throws IllegalStateException where it cannot start; the message says why
     */
    public static EmbeddedKafka start(Options options) {
        keepTheProcessAlive();
        Path kept = options.dataDir();
        DataDirectory directory = kept == null ? DataDirectory.temporary() : DataDirectory.kept(kept);
        try {
            format(directory.path());
            return startOnFreePorts(options, directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** What clients connect to, {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker within a bounded time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stop(server);
            directory.close();
        }
    }

    /** Kafka ends the process on faults it deems fatal, a port in use among them; here they stay exceptions. */
    private static void keepTheProcessAlive() {
        Exit.setExitProcedure((status, message) -> {});
        Exit.setHaltProcedure((status, message) -> {});
    }

    private static void format(Path directory) {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(clusterId(directory))
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setPrintStream(silent)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The broker's data directory " + directory + " cannot be prepared: "
                            + rootCause(e).getMessage(),
                    e);
        }
    }

    /** A directory that is reopened keeps its cluster's id: Kafka refuses any other. */
    private static String clusterId(Path directory) throws IOException {
        Path properties = directory.resolve("meta.properties");
        if (Files.exists(properties)) {
            String id =
                    PropertiesUtils.readPropertiesFile(properties.toString()).getProperty("cluster.id");
            if (id != null) {
                return id;
            }
        }
        return Uuid.randomUuid().toString();
    }

    private static EmbeddedKafka startOnFreePorts(Options options, DataDirectory directory) {
        for (int attempt = 1; ; attempt++) {
            Ports ports = Ports.claim(options.port());
            Map<String, String> settings =
                    BrokerSettings.of(directory.path(), ports.broker, ports.controller, options.overrides());
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedKafka(server, ports.broker, directory);
            } catch (Throwable e) { // Kafka throws Errors of its own here
                stop(server);
                // Between finding a free port and binding it another process may have taken it.
                if (attempt == ATTEMPTS || !(rootCause(e) instanceof BindException)) {
                    throw new IllegalStateException(
                            "The embedded broker cannot start: " + rootCause(e).getMessage(), e);
                }
            }
        }
    }

    private static void stop(KafkaRaftServer server) {
        Thread stopping = new Thread(
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                "embedded-kafka-stop");
        stopping.setDaemon(true);
        stopping.setUncaughtExceptionHandler((thread, e) -> {}); // a half-started server may not know how to stop
        stopping.start();
        try {
            stopping.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ports of the broker and of its controller, shown to be free. */
    record Ports(int broker, int controller) {
        /**
         * Holds both for a moment, so that they differ.
         *
         * @param port of the broker, 0 for a free one
         */
        static Ports claim(int port) {
            try (ServerSocket broker = new ServerSocket();
                    ServerSocket controller = new ServerSocket()) {
                broker.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                controller.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            } catch (BindException e) {
                throw new IllegalStateException(
                        "Port " + port + " is in use. Choose another, or leave it out for a free one.", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
