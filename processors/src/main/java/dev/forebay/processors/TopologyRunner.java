package dev.forebay.processors;

import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.stream.Refusals;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one topology until it is closed or fails. A fault that may pass, by itself or by somebody's doing, costs a pause
 * and the open transaction, never a record: the thread is replaced and reads on from the last commit. The one thread that
 * Streams cannot replace, that of reference topics, is replaced with the client around it.
 */
final class TopologyRunner {
    private static final Logger log = LoggerFactory.getLogger(TopologyRunner.class);

    private static final Duration CLOSE_FAILED = Duration.ofSeconds(10);
    private static final String GLOBAL_THREAD = "-GlobalStreamThread";

    private final String name;
    private final Supplier<Topology> topologies;
    private final Properties properties;
    private final String applicationId;
    private final Refusals refusals;
    private final LivePolicy<?> policy;
    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> ThreadLocalRandom.current()
                    .nextDouble());
    private final Waiting waiting = new Waiting();
    private final LongAdder replacements = new LongAdder();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread starter;
    /** Guarded by this runner's monitor. */
    private Client client;

    /**
     * @param topologies gives the same one each time
     * @param refusals that the topology heeds and the handler among the properties fills
     * @param policy that the topology decides by
     */
    TopologyRunner(
            String name,
            Supplier<Topology> topologies,
            Properties properties,
            Refusals refusals,
            LivePolicy<?> policy) {
        this.name = name;
        this.topologies = topologies;
        this.properties = properties;
        this.applicationId = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        this.refusals = refusals;
        this.policy = policy;
        this.starter = new Thread(this::run, name + "-starter");
        starter.setDaemon(true);
        this.client = newClient();
    }

    /** One client of Streams, and whether it has stopped by itself or been closed. */
    private record Client(KafkaStreams streams, CountDownLatch ended) {}

    /** Returns at once: before the first event the client reads its reference topics whole. */
    void start() {
        starter.start();
    }

    private Client newClient() {
        KafkaStreams streams = new KafkaStreams(topologies.get(), properties);
        CountDownLatch ended = new CountDownLatch(1);
        streams.setUncaughtExceptionHandler(this::onFault);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.complete(null);
            }
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        return new Client(streams, ended);
    }

    /** One client after the other, until the topology is closed or has failed. */
    private void run() {
        try {
            Client current = client();
            runOnce(current);
            while (!isOver()) {
                current.streams.close(CLOSE_FAILED);
                current = renewed();
                runOnce(current);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!isClosing()) {
                log.error("{} stopped at a fault that will not pass", name, e);
                failure.complete(e);
            }
        }
    }

    private void runOnce(Client current) throws InterruptedException {
        try {
            current.streams.start();
        } catch (StreamsException e) {
            onFault(e);
            return;
        }
        current.ended.await();
    }

    private boolean isOver() {
        return isClosing() || failure.isDone();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private synchronized Client client() {
        return client;
    }

    private synchronized Client renewed() {
        if (!isClosing()) {
            client = newClient();
        }
        return client;
    }

    void awaitRunning(Duration timeout) {
        try {
            CompletableFuture.anyOf(running, failure).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProcessorsException(
                    name + " is not running after " + timeout.toSeconds() + " s; "
                            + state().waitingFor()
                                    .map(what -> "it is waiting for " + what)
                                    .orElseGet(() ->
                                            "its state is " + client().streams.state()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessorsException("interrupted while " + name + " was starting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        failure().ifPresent(cause -> {
            throw new ProcessorsException(name + " stopped: " + cause.getMessage(), cause);
        });
    }

    /** What ended the topology; empty while it runs, and while it waits for a fault to pass. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    TopologyState state() {
        return new TopologyState(
                name,
                waiting.what(System.nanoTime()),
                replacements.sum(),
                Optional.ofNullable(policy.get().version()),
                policy.refused());
    }

    /** Leaves the group, so that a successor starts at once. Takes no longer than the timeout. */
    void close(Duration timeout) {
        KafkaStreams streams;
        synchronized (this) {
            closing.countDown();
            streams = client.streams;
        }
        boolean closed = streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            log.warn("{} did not stop within {} s; what it had not committed is read again", name, timeout.toSeconds());
        }
    }

    private StreamThreadExceptionResponse onFault(Throwable thrown) {
        Fault fault = Faults.of(thrown, applicationId);
        if (fault.answer() == Fault.Answer.ENDS) {
            log.error("{} stopped at a fault that will not pass", name, thrown);
            failure.complete(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replacements.increment();
        if (Faults.isTooLarge(thrown) && refusals.takeNews()) {
            // What was too large becomes less when it is read again, so there is nothing to wait for.
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        boolean replaceable = !Thread.currentThread().getName().endsWith(GLOBAL_THREAD);
        return pausedFor(fault) && replaceable
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** False where the topology was closed meanwhile. */
    private boolean pausedFor(Fault fault) {
        long now = System.nanoTime();
        Duration pause = backoff.afterFault(now);
        waiting.begin(fault.what(), now);
        log.warn("{} is waiting for {}; it tries again in {} ms", name, fault.what(), pause.toMillis());
        boolean closed = closedWithin(pause);
        waiting.tryAgain(System.nanoTime());
        return !closed;
    }

    private boolean closedWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
