package dev.forebay.deploy.bench;

import dev.forebay.schemas.record.Request;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/**
 * Requests that lie in the input topic and become visible at one moment: a transaction that is committed when the clock
 * starts, so that neither the producer's work nor a consumer's way into its group is measured.
 */
final class Backlog implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    /** Gives the requests of a backlog, each when it is written. */
    @FunctionalInterface
    interface Requests {
        Request at(int index);
    }

    private Backlog(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Writes the requests and leaves them invisible. */
    static Backlog load(Course course, int count, Requests requests) {
        Backlog backlog = new Backlog(course.producer(Map.of(
                "transactional.id", course.input(),
                "transaction.timeout.ms", "600000",
                "linger.ms", "5",
                // What it holds back for later batches would look like growth of the contender.
                "buffer.memory", "4194304",
                "batch.size", "262144")));
        try {
            backlog.write(course, count, requests);
            return backlog;
        } catch (RuntimeException e) {
            backlog.close();
            throw e;
        }
    }

    private void write(Course course, int count, Requests requests) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        producer.initTransactions();
        producer.beginTransaction();
        for (int i = 0; i < count; i++) {
            var unused = producer.send(course.record(i, requests.at(i)), (metadata, failed) -> {
                if (failed != null) {
                    failure.set(failed);
                }
            });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the backlog cannot be written", failure.get());
        }
    }

    /** Makes all of it visible; the clock starts before the call. */
    void open() {
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
