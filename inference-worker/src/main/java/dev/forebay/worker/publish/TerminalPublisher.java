package dev.forebay.worker.publish;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.observe.WorkerMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends terminal records with an idempotent producer; safe for use by several threads. */
public final class TerminalPublisher implements TerminalSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalPublisher.class);
    private static final Duration RESEND_AFTER = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final TerminalEncoder encoder;
    private final WorkerMetrics metrics;
    private final Consumer<Throwable> fatal;
    private final Duration resendAfter;
    private final ScheduledExecutorService resend;

    /**
     * Opens a producer.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param fatal told where a record can neither be sent nor replaced: the worker has to stop
     */
    public static TerminalPublisher open(
            Map<String, Object> properties, TerminalEncoder encoder, WorkerMetrics metrics, Consumer<Throwable> fatal) {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config(properties), new ByteArraySerializer(), new ByteArraySerializer());
        return new TerminalPublisher(producer, encoder, metrics, fatal, RESEND_AFTER);
    }

    TerminalPublisher(
            Producer<byte[], byte[]> producer,
            TerminalEncoder encoder,
            WorkerMetrics metrics,
            Consumer<Throwable> fatal,
            Duration resendAfter) {
        this.producer = producer;
        this.encoder = encoder;
        this.metrics = metrics;
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
        send(encoder.encode(terminal, source), new Sending(terminal, source, acknowledged));
    }

    private void send(ProducerRecord<byte[], byte[]> record, Sending sending) {
        // The callback says everything that the future would.
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                count(sending.terminal);
                sending.acknowledged.run();
            } else if (failure instanceof RecordTooLargeException) {
                later(() -> replaceTooLarge(record, sending));
            } else if (failure instanceof RetriableException) {
                LOG.warn("send_failed topic={} retry_in={} cause={}", record.topic(), resendAfter, failure.toString());
                later(() -> send(record, sending));
            } else {
                fatal.accept(failure);
            }
        });
    }

    /** What its topic does not take becomes a dead letter; a dead letter that is too large loses its payload. */
    private void replaceTooLarge(ProducerRecord<byte[], byte[]> record, Sending sending) {
        int size = record.value().length;
        LOG.warn("record_too_large topic={} bytes={}", record.topic(), size);
        Terminal.Dead dead = sending.terminal.fold(
                answered -> tooLarge("result", size, sending), refused -> tooLarge("rejection", size, sending), d -> d);
        Sending replacement = new Sending(dead, sending.source, sending.acknowledged);
        if (!encoder.isDeadLetter(record)) {
            send(encoder.encode(dead, sending.source), replacement);
            return;
        }
        ProducerRecord<byte[], byte[]> smaller = encoder.encodeWithoutPayload(dead, sending.source);
        if (smaller.value().length >= size) {
            throw new IllegalStateException("a dead letter of " + size + " bytes does not fit topic " + record.topic()
                    + "; raise its max.message.bytes");
        }
        send(smaller, replacement);
    }

    private static Terminal.Dead tooLarge(String what, int size, Sending sending) {
        return new Terminal.Dead(
                ReasonCode.OUTPUT_TOO_LARGE,
                "the " + what + " has " + size + " bytes, more than its topic takes",
                TerminalEncoder.requestId(sending.terminal),
                null);
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

    private void count(Terminal terminal) {
        ReasonCode code = terminal.fold(answered -> null, Terminal.Refused::code, Terminal.Dead::code);
        if (code == null) {
            metrics.answered();
        } else {
            metrics.refused(code);
        }
    }

    private static Map<String, Object> config(Map<String, Object> properties) {
        Map<String, Object> config = new HashMap<>(properties);
        config.putIfAbsent("compression.type", "lz4");
        // The answers of a batch come together anyway; waiting for more costs a lone request 2 ms and gains nothing.
        config.putIfAbsent("linger.ms", "0");
        config.putIfAbsent("max.request.size", String.valueOf(4 << 20));
        config.putIfAbsent("client.id", "forebay-worker");
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        return config;
    }

    /** Waits, within a bound, for what was sent. */
    @Override
    public void close() {
        resend.shutdownNow();
        producer.close(CLOSE_TIMEOUT);
    }

    private record Sending(Terminal terminal, InputRecord source, Runnable acknowledged) {}
}
