package dev.forebay.processors;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one topology until it is closed or fails. A fault that may pass costs a pause and the open transaction, never a
 * record: the thread is replaced and reads on from the last commit.
 */
final class TopologyRunner {
    private static final Logger log = LoggerFactory.getLogger(TopologyRunner.class);

    private final String name;
    private final KafkaStreams streams;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    TopologyRunner(String name, Topology topology, Properties properties) {
        this.name = name;
        this.streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(this::onFault);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.complete(null);
            }
        });
    }

    void start() {
        streams.start();
    }

    void awaitRunning(Duration timeout) {
        try {
            CompletableFuture.anyOf(running, failure).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProcessorsException(
                    name + " is not running after " + timeout.toSeconds() + " s; its state is " + streams.state(), e);
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

    /** Leaves the group, so that a successor starts at once. Takes no longer than the timeout. */
    void close(Duration timeout) {
        closing.countDown();
        boolean closed = streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            log.warn("{} did not stop within {} s; what it had not committed is read again", name, timeout.toSeconds());
        }
    }

    private StreamThreadExceptionResponse onFault(Throwable fault) {
        Optional<Throwable> passing = Faults.passing(fault);
        if (passing.isEmpty()) {
            log.error("{} stopped at a fault that will not pass by itself", name, fault);
            failure.complete(fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration pause = backoff.afterFault(System.nanoTime());
        log.warn(
                "{} waits {} s and tries again: {}",
                name,
                pause.toSeconds(),
                passing.orElseThrow().getMessage());
        return closedWithin(pause)
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
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
