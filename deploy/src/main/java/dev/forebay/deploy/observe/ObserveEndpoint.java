package dev.forebay.deploy.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.forebay.deploy.console.FailedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} in Prometheus' text format, {@code /health/live} and {@code /health/ready}, on the loopback address.
 * Live from the start, ready while what it was told to ask names no obstacle.
 */
public final class ObserveEndpoint implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    /** A page in a browser that resolves its own name to this machine would send another host. */
    private static final Pattern OWN_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final @Nullable HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "forebay-observe-0");
        created.setDaemon(true);
        return created;
    });
    private volatile Supplier<Optional<String>> obstacle = () -> Optional.of("starting");

    private ObserveEndpoint(@Nullable HttpServer server) {
        this.server = server;
        if (server != null) {
            server.setExecutor(thread);
            server.createContext("/", this::handle);
            server.start();
        }
    }

    /**
     * Starts to answer, where the configuration does not say that nobody asks.
     *
     * @param say told the address, or why there is none
     * @throws FailedException where a port that the configuration names cannot be used
     */
    public static ObserveEndpoint open(ObserveConfig config, Consumer<String> say) {
        if (config.port() == 0) {
            return new ObserveEndpoint(null);
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), config.port());
            ObserveEndpoint endpoint = new ObserveEndpoint(HttpServer.create(address, 0));
            say.accept("forebay: metrics at http://127.0.0.1:" + config.port() + "/metrics, for this machine alone.");
            return endpoint;
        } catch (IOException e) {
            if (config.required()) {
                throw FailedException.of("observe.port " + config.port() + " cannot be used", e);
            }
            say.accept("forebay: no metrics, because port " + config.port()
                    + " is taken. Set observe.port to a free one, or to 0 for none.");
            return new ObserveEndpoint(null);
        }
    }

    /** Where meters are shown from. */
    public MeterRegistry registry() {
        return registry;
    }

    /** @param current what keeps the process from its work, as {@code /health/ready} says it; empty while it is ready */
    public void readyUnless(Supplier<Optional<String>> current) {
        obstacle = current;
    }

    /** Empty where nothing is served. */
    public Optional<URI> url() {
        return Optional.ofNullable(server)
                .map(http -> URI.create("http://127.0.0.1:" + http.getAddress().getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            String method = exchange.getRequestMethod();
            if (host == null || !OWN_HOST.matcher(host).matches()) {
                answer(exchange, 403, TEXT, "for 127.0.0.1 and localhost only\n");
            } else if (!method.equals("GET")) {
                answer(exchange, 405, TEXT, "GET only\n");
            } else {
                get(exchange);
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> answer(exchange, 200, PROMETHEUS, registry.scrape());
            case "/health/live" -> answer(exchange, 200, TEXT, "live\n");
            case "/health/ready" -> {
                Optional<String> now = obstacle.get();
                answer(
                        exchange,
                        now.isEmpty() ? 200 : 503,
                        TEXT,
                        now.map(what -> "not ready: " + what + "\n").orElse("ready\n"));
            }
            default -> answer(exchange, 404, TEXT, "/metrics, /health/live, /health/ready\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        thread.shutdown();
        registry.close();
    }
}
