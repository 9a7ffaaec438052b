package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.embedded.EmbeddedConnect;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.observe.WorkerStats;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything between the file and the result topics, in this process. Closed in the opposite order of its start. */
final class LocalPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPipeline.class);
    private static final String CONNECTOR = "quickstart";

    private final Deque<AutoCloseable> opened;
    private final ForebayConfig config;
    private final EmbeddedCluster cluster;
    private final RunningProcessors processors;
    private final EmbeddedConnect connect;
    private final RunningWorker worker;
    private final String connector;

    /**
     * Where things are kept.
     *
     * @param data null where nothing is to be kept
     * @param work for what only this run needs; has to exist
     */
    record Places(@Nullable Path data, Path work) {}

    private LocalPipeline(
            Deque<AutoCloseable> opened,
            ForebayConfig unbound,
            Places places,
            CompletableFuture<DjlModel> model,
            Stop stop) {
        this.opened = opened;
        cluster = open(EmbeddedCluster.start(new EmbeddedCluster.Options(places.data(), 0, 0)));
        stop.check();
        config = unbound.on(cluster.bootstrapServers(), cluster.registryUrl());
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(1));
        }
        processors = open(RunningProcessors.start(config));
        connect = open(EmbeddedConnect.start(cluster.bootstrapServers(), places.work()));
        stop.check();
        // Last, because the model takes longest: everything else starts beside it.
        DjlModel loaded = await(model);
        worker = open(RunningWorker.start(config, loaded));
        // A new name for each run: under an old one Connect would go on where that one ended.
        connector = CONNECTOR + "-" + System.currentTimeMillis();
    }

    /** Starts everything but the feed; the model is loaded beside the broker. */
    static LocalPipeline start(ForebayConfig config, Places places, Console console, Stop stop) {
        CompletableFuture<DjlModel> model = CompletableFuture.supplyAsync(
                () -> RunningWorker.load(config, line -> console.say("forebay: " + line)),
                task -> new Thread(task, "forebay-model-load").start());
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return new LocalPipeline(opened, config, places, model, stop);
        } catch (RuntimeException e) {
            closeAll(opened);
            // The engine must not be left in the middle of a load: its native part would outlive the process's end.
            var unused = model.handle((loaded, failure) -> {
                if (loaded != null) {
                    loaded.close();
                }
                return null;
            });
            throw e;
        }
    }

    /** The configuration with the addresses of this cluster. */
    ForebayConfig config() {
        return config;
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    WorkerStats stats() {
        return worker.stats();
    }

    /** Lets the file in. */
    void feed(InputFile input) {
        connect.putConnector(
                connector,
                Map.of(
                        "connector.class",
                        "dev.forebay.connectors.archive.ArchiveSourceConnector",
                        "tasks.max",
                        "1",
                        "file",
                        input.path().toAbsolutePath().toString(),
                        "format",
                        input.format().code(),
                        "topic",
                        QuickstartConfig.EVENTS,
                        "max.record.bytes",
                        Integer.toString(InputFile.MAX_RECORD_BYTES)));
    }

    /** @throws FailedException where a part has stopped, saying which and why */
    void check() {
        worker.failure().ifPresent(failure -> {
            throw FailedException.of("The worker stopped", failure);
        });
        processors.failure().ifPresent(failure -> {
            throw FailedException.of("The processors stopped", failure);
        });
        connect.failure(connector).ifPresent(failure -> {
            throw new FailedException("The file could not be read to its end: " + failure);
        });
    }

    /** @throws FailedException where the broker does not answer */
    void checkBroker() {
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.partitions(TopicPlan.of(config));
        }
    }

    @Override
    public void close() {
        closeAll(opened);
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private static DjlModel await(CompletableFuture<DjlModel> model) {
        try {
            return model.join();
        } catch (CompletionException | CancellationException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void closeAll(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // The others have to be closed as well, and the run's own outcome is what counts.
                LOG.warn("close_failed cause={}", e.toString());
            }
        }
    }
}
