package dev.forebay.deploy.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema registry in this process that speaks Confluent's protocol and keeps its state in the topic {@code _schemas}.
 * For trying Forebay and for tests: one writer, no authentication, reachable from this machine alone.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final int THREADS = 4;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRegistry(HttpServer server, ExecutorService threads, RegistryLog log) {
        this.server = server;
        this.threads = threads;
        this.log = log;
    }

    /**
     * Returns when the topic has been replayed and the server answers.
     *
     * @param port 0 for any
     * @throws IllegalStateException where the broker or the port cannot be used
     */
    public static EmbeddedRegistry start(String bootstrapServers, int port) {
        SchemaStore store = new SchemaStore();
        SchemaTopic topic = SchemaTopic.open(bootstrapServers, store::apply);
        try {
            return start(store, topic, port);
        } catch (IOException | RuntimeException e) {
            topic.close();
            throw new IllegalStateException(
                    "The embedded registry cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    static EmbeddedRegistry start(SchemaStore store, RegistryLog log, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        AtomicInteger count = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "embedded-registry-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", new RegistryEndpoint(new RegistryService(store, log).routes()));
        server.start();
        return new EmbeddedRegistry(server, threads, log);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            threads.shutdown();
            log.close();
        }
    }
}
