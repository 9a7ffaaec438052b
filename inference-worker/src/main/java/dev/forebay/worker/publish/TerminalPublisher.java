package dev.forebay.worker.publish;

import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.WorkerMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends terminal records with an idempotent producer; safe for use by several threads. */
public final class TerminalPublisher implements TerminalSink, AutoCloseable {
    private static final Duration RESEND_AFTER = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final TerminalEncoder encoder;
    private final WorkerMetrics metrics;
    private final Obstacles obstacles;
    private final Consumer<Throwable> fatal;
    private final Duration resendAfter;
    private final ScheduledExecutorService resend;
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * Opens a producer.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param fatal told where a record can neither be sent nor replaced: the worker has to stop
     */
    public static TerminalPublisher open(
            Map<String, Object> properties,
            TerminalEncoder encoder,
            WorkerMetrics metrics,
            Obstacles obstacles,
            Consumer<Throwable> fatal) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                ProducerDefaults.over(properties), new ByteArraySerializer(), new ByteArraySerializer());
        return new TerminalPublisher(producer, encoder, metrics, obstacles, fatal, RESEND_AFTER);
    }

    TerminalPublisher(
            Producer<byte[], byte[]> producer,
            TerminalEncoder encoder,
            WorkerMetrics metrics,
            Obstacles obstacles,
            Consumer<Throwable> fatal,
            Duration resendAfter) {
        this.producer = producer;
        this.encoder = encoder;
        this.metrics = metrics;
        this.obstacles = obstacles;
        this.fatal = fatal;
        this.resendAfter = resendAfter;
        this.resend = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "forebay-resend-0");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void publish(Terminal terminal, InputRecord source, Runnable acknowledged) {
        send(new OutgoingTerminal(encoder, terminal, source), acknowledged);
    }

    @Override
    public void flush() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            // the worker is closing; close() waits for what was sent
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutgoingTerminal terminal, Runnable acknowledged) {
        if (stopped) {
            return;
        }
        unacknowledged.incrementAndGet();
        // The callback says everything that the future would.
        var unused = producer.send(terminal.record(), (metadata, failure) -> {
            unacknowledged.decrementAndGet();
            if (failure == null) {
                terminal.count(metrics);
                obstacles.gone(terminal.record().topic());
                acknowledged.run();
            } else if (failure instanceof RecordTooLargeException) {
                later(() -> {
                    terminal.shrink();
                    send(terminal, acknowledged);
                });
            } else if (mayPass(failure)) {
                obstacles.met(terminal.record().topic(), failure.toString());
                later(() -> send(terminal, acknowledged));
            } else {
                fatal.accept(failure);
            }
        });
    }

    /** By itself, or because somebody makes a topic or gives a right; a producer that lost the cluster's trust is done for. */
    private static boolean mayPass(Exception failure) {
        return failure instanceof RetriableException
                || failure instanceof AuthenticationException
                || (failure instanceof AuthorizationException && !(failure instanceof ClusterAuthorizationException));
    }

    /** Never on the producer's own thread: a send there could wait for itself. */
    private void later(Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                fatal.accept(e);
            }
        };
        var unused = resend.schedule(guarded, resendAfter.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drops what comes from now on, and waits, within a bound, until the broker has what was sent. Any thread. */
    public void stopSending() {
        stopped = true;
        for (long millis = 0; unacknowledged.get() > 0 && millis < CLOSE_TIMEOUT.toMillis(); millis++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Waits, within a bound, for what was sent. */
    @Override
    public void close() {
        resend.shutdownNow();
        producer.close(CLOSE_TIMEOUT);
        try {
            // It was interrupted, so this is a moment; whoever closed us finds no thread of ours.
            var unused = resend.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
