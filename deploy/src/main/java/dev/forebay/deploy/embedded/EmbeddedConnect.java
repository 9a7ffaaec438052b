package dev.forebay.deploy.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.connector.policy.NoneConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.LoaderSwap;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.errors.BadRequestException;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.apache.kafka.connect.storage.StringConverter;
import org.apache.kafka.connect.util.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * A standalone Connect worker in this process, with its offsets in a file. It is put together from the parts of
 * Connect's own command line and opens no port: that command line ends the process where it cannot start, and its REST
 * interface lets anyone on the machine run any connector.
 */
public final class EmbeddedConnect implements AutoCloseable {
    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofSeconds(15);
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration TASKS_STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration OFFSETS_KEPT_EVERY = Duration.ofSeconds(1);

    private static final String CAUSED_BY = "Caused by: ";

    private final StandaloneHerder herder;
    private boolean closed;

    private EmbeddedConnect(StandaloneHerder herder) {
        this.herder = herder;
    }

    /**
     * Starts a worker that keeps its offsets in a directory, which has to exist.
     *
     * @throws ConnectException where no broker answers
     */
    public static EmbeddedConnect start(String bootstrapServers, Path dataDir) {
        Map<String, String> settings = settings(bootstrapServers, dataDir.resolve("connect.offsets"));
        Plugins plugins = new Plugins(settings);
        try (LoaderSwap swap = plugins.withClassLoader(plugins.delegatingLoader())) {
            StandaloneConfig config = new StandaloneConfig(settings);
            ConnectorClientConfigOverridePolicy policy = new NoneConnectorClientConfigOverridePolicy();
            FileOffsetBackingStore offsets = new FileOffsetBackingStore(plugins.newInternalConverter(
                    true, JsonConverter.class.getName(), Map.of("schemas.enable", "false")));
            offsets.configure(config);
            String clusterId = config.kafkaClusterId();
            Worker worker = new Worker("embedded", Time.SYSTEM, plugins, config, offsets, policy);
            StandaloneHerder herder = new StandaloneHerder(worker, clusterId, policy);
            herder.start();
            return new EmbeddedConnect(herder);
        }
    }

    /**
     * Adds a connector, or replaces the one of that name, and waits until its configuration is accepted.
     *
     * @throws IllegalArgumentException where it is not, with one line for each problem
     */
    public void putConnector(String name, Map<String, String> config) {
        Map<String, String> named = new HashMap<>(config);
        named.put("name", name);
        FutureCallback<Herder.Created<ConnectorInfo>> accepted = new FutureCallback<>();
        herder.putConnectorConfig(name, named, true, accepted);
        try {
            accepted.get(ACCEPTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(name, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new ConnectException("connector " + name + " was not accepted within " + ACCEPTED_WITHIN, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while connector " + name + " was being accepted", e);
        }
    }

    /** What stopped a connector or its task, in one line; empty while it works and where it is not known. */
    public Optional<String> failure(String name) {
        ConnectorStateInfo status;
        try {
            status = herder.connectorStatus(name);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
        return Stream.concat(Stream.of(status.connector()), status.tasks().stream())
                .filter(state -> "FAILED".equals(state.state()))
                .map(state -> summary(state.trace()))
                .findFirst();
    }

    /** Stops the tasks, which write their offsets, within some seconds. Close it before the broker. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            herder.stop();
        }
    }

    private static RuntimeException refused(String name, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (!(cause instanceof BadRequestException)) {
            return new ConnectException("connector " + name + " cannot be started: " + message, cause);
        }
        // Connect frames the problems with a count and with an address of the REST interface, which is not there.
        List<String> problems = message.lines()
                .filter(line ->
                        !line.startsWith("Connector configuration is invalid") && !line.startsWith("You can also find"))
                .toList();
        return new IllegalArgumentException(
                "the configuration of connector " + name + " is refused:\n" + String.join("\n", problems), cause);
    }

    /** What a stack trace says first, and the cause at its bottom where that says more. */
    private static String summary(@Nullable String trace) {
        List<String> lines = trace == null ? List.of() : trace.lines().toList();
        if (lines.isEmpty()) {
            return "the cause is not known";
        }
        String first = message(lines.get(0));
        return lines.stream()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((former, latter) -> latter)
                .map(line -> message(line.substring(CAUSED_BY.length())))
                .filter(cause -> !first.contains(cause))
                .map(cause -> first + ": " + cause)
                .orElse(first);
    }

    private static String message(String traceLine) {
        int colon = traceLine.indexOf(": ");
        return colon < 0 ? traceLine : traceLine.substring(colon + 2);
    }

    private static Map<String, String> settings(String bootstrapServers, Path offsets) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("key.converter", ByteArrayConverter.class.getName());
        settings.put("value.converter", ByteArrayConverter.class.getName());
        settings.put("header.converter", StringConverter.class.getName());
        settings.put("offset.storage.file.filename", offsets.toString());
        settings.put("offset.flush.interval.ms", Long.toString(OFFSETS_KEPT_EVERY.toMillis()));
        settings.put("task.shutdown.graceful.timeout.ms", Long.toString(TASKS_STOP_WITHIN.toMillis()));
        settings.put("request.timeout.ms", Long.toString(BROKER_ANSWERS_WITHIN.toMillis()));
        settings.put("default.api.timeout.ms", Long.toString(BROKER_ANSWERS_WITHIN.toMillis()));
        settings.put("plugin.discovery", "service_load");
        settings.put("connector.client.config.override.policy", "None");
        settings.put("producer.max.request.size", Integer.toString(4 << 20));
        settings.put("producer.batch.size", Integer.toString(128 << 10));
        return settings;
    }
}
