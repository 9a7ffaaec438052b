package dev.forebay.worker.publish;

import dev.forebay.worker.consume.Commit;
import dev.forebay.worker.consume.Transactions;
import dev.forebay.worker.consume.UnsentTerminal;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.WorkerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends terminal records and the offsets of their inputs in transactions. Whatever goes wrong in one is answered alike: a
 * new producer of the same transactional id, which fences the old one and ends what it left open, in every partition.
 */
public final class TransactionalPublisher implements Transactions, AutoCloseable {
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final WorkerMetrics metrics;
    private final Obstacles obstacles;
    private final String what;
    private Producer<byte[], byte[]> producer;
    /** Of the transaction that was begun, while nothing but its abort can follow; null while none is, and once it may be committed. */
    private @Nullable Sends uncommitted;

    private int failures;

    /**
     * Opens a producer, and ends what an earlier one of its id left open.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param transactionalId of no other living producer
     * @throws KafkaException where brokers do not answer, or do not let this client use the id
     */
    public static TransactionalPublisher open(
            Map<String, Object> properties, String transactionalId, WorkerMetrics metrics, Obstacles obstacles) {
        Map<String, Object> config = config(properties, transactionalId);
        try {
            return new TransactionalPublisher(
                    () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
                    transactionalId,
                    metrics,
                    obstacles);
        } catch (KafkaException e) {
            throw new KafkaException("transactions with the id " + transactionalId + " are refused", e);
        }
    }

    TransactionalPublisher(
            Supplier<Producer<byte[], byte[]>> producers,
            String transactionalId,
            WorkerMetrics metrics,
            Obstacles obstacles) {
        this.producers = producers;
        this.metrics = metrics;
        this.obstacles = obstacles;
        this.what = "transactions of " + transactionalId;
        this.producer = initialised();
    }

    @Override
    public void run(Commit commit, ConsumerGroupMetadata group) {
        List<OutgoingTerminal> terminals = new ArrayList<>(commit.terminals().size());
        for (UnsentTerminal terminal : commit.terminals()) {
            terminals.add((OutgoingTerminal) terminal);
        }
        try {
            OutgoingTerminal tooLarge = attempt(commit, terminals, group);
            while (tooLarge != null) {
                tooLarge.shrink();
                tooLarge = attempt(commit, terminals, group);
            }
        } catch (RuntimeException e) {
            failures++;
            if (failures > 1) {
                obstacles.met(what, e.toString());
            }
            throw e;
        }
        failures = 0;
        obstacles.gone(what);
        terminals.forEach(terminal -> terminal.count(metrics));
    }

    /** Commits and gives null, or aborts and gives the record that was too large. */
    private @Nullable OutgoingTerminal attempt(
            Commit commit, List<OutgoingTerminal> terminals, ConsumerGroupMetadata group) {
        Sends sends = new Sends();
        uncommitted = sends;
        producer.beginTransaction();
        try {
            terminals.forEach(sends::send);
            // a producer need not tell a transaction of what it refused before it was sent
            producer.flush();
            sends.check();
            producer.sendOffsetsToTransaction(commit.kafkaOffsets(), group);
            uncommitted = null;
            producer.commitTransaction();
            return null;
        } catch (KafkaException e) {
            OutgoingTerminal tooLarge = sends.tooLarge();
            if (tooLarge == null) {
                throw e;
            }
            producer.abortTransaction();
            uncommitted = null;
            return tooLarge;
        }
    }

    @Override
    public void recover() throws InterruptedException {
        while (true) {
            Thread.sleep(backOff().toMillis());
            producer.close(Duration.ZERO);
            try {
                producer = initialised();
                abortAgain();
                return;
            } catch (KafkaException e) {
                failures++;
                obstacles.met(what, e.toString());
            }
        }
    }

    /**
     * Aborts once more where the failed transaction may have written. A broker that ends a transaction while one of its
     * partitions has no leader forgets the partition (KAFKA-20734): what lies open there would become part of the next
     * transaction of this id, and be committed with it. What is sent for the purpose is what was sent already, so that nobody
     * who reads what is aborted sees anything new. Never where it may have been committed after all.
     */
    private void abortAgain() {
        if (uncommitted == null) {
            return;
        }
        Sends again = new Sends();
        producer.beginTransaction();
        uncommitted.reached.forEach(again::sendTo);
        producer.flush();
        OutgoingTerminal tooLarge = again.tooLarge();
        if (tooLarge != null) {
            // Nor did the broker take it before.
            uncommitted.reached.values().remove(tooLarge);
        }
        again.check();
        producer.abortTransaction();
        uncommitted = null;
    }

    /** Full jitter, so that workers that failed together do not come back together. */
    private Duration backOff() {
        long longest = Math.min(LONGEST_BACK_OFF.toMillis(), FIRST_BACK_OFF.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1));
    }

    private Producer<byte[], byte[]> initialised() {
        Producer<byte[], byte[]> fresh = producers.get();
        try {
            fresh.initTransactions();
            return fresh;
        } catch (RuntimeException e) {
            fresh.close(Duration.ZERO);
            throw e;
        }
    }

    private static Map<String, Object> config(Map<String, Object> properties, String transactionalId) {
        Map<String, Object> config = ProducerDefaults.over(properties);
        // What a worker that is never started again left open holds readers up for no longer.
        config.putIfAbsent("transaction.timeout.ms", "15000");
        config.put("transactional.id", transactionalId);
        // A process has several, and the client's own metrics are named after it.
        config.put("client.id", config.get("client.id") + "-" + transactionalId);
        return config;
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    /**
     * The sends of one transaction. Only the first failure counts: a producer whose transaction has failed gives everything
     * that waited in it the same exception.
     */
    private final class Sends {
        private final AtomicReference<@Nullable Failed> first = new AtomicReference<>();
        /** The smallest of those that each partition may have. */
        private final Map<TopicPartition, OutgoingTerminal> reached = new ConcurrentHashMap<>();

        void send(OutgoingTerminal terminal) {
            send(terminal, terminal.record());
        }

        void sendTo(TopicPartition partition, OutgoingTerminal terminal) {
            ProducerRecord<byte[], byte[]> record = terminal.record();
            send(
                    terminal,
                    new ProducerRecord<>(
                            partition.topic(),
                            partition.partition(),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()));
        }

        private void send(OutgoingTerminal terminal, ProducerRecord<byte[], byte[]> record) {
            // The callback says everything that the future would.
            var unused = producer.send(record, (metadata, cause) -> {
                if (cause != null) {
                    first.compareAndSet(null, new Failed(terminal, cause));
                }
                if (metadata != null && metadata.partition() >= 0) {
                    reached.merge(
                            new TopicPartition(metadata.topic(), metadata.partition()),
                            terminal,
                            (a, b) -> a.bytes() <= b.bytes() ? a : b);
                }
            });
        }

        @Nullable OutgoingTerminal tooLarge() {
            Failed failed = first.get();
            return failed != null && failed.cause instanceof RecordTooLargeException ? failed.terminal : null;
        }

        void check() {
            Failed failed = first.get();
            if (failed != null) {
                throw new KafkaException("a record was not sent", failed.cause);
            }
        }
    }

    private record Failed(OutgoingTerminal terminal, Exception cause) {}
}
