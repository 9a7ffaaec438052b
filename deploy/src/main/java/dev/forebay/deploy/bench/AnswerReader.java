package dev.forebay.deploy.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A thread that reads a course's answers as they appear, as a user of the topic would. */
final class AnswerReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Course course;
    private final Listener listener;
    private final AtomicLong read = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::loop, "bench-answers");
    private volatile boolean stopping;

    /** Told of each answer on the reading thread. */
    @FunctionalInterface
    interface Listener {
        void answered(ConsumerRecord<byte[], byte[]> answer, long nanos);
    }

    private AnswerReader(Course course, Listener listener) {
        this.course = course;
        this.listener = listener;
    }

    /** Counts, from the beginning of the topic. */
    static AnswerReader count(Course course) {
        return start(course, (answer, nanos) -> {});
    }

    static AnswerReader start(Course course, Listener listener) {
        AnswerReader reader = new AnswerReader(course, listener);
        reader.thread.start();
        return reader;
    }

    long read() {
        return read.get();
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void loop() {
        Map<String, Object> settings = new HashMap<>(course.config().kafka().forConsumer());
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, course.partitions())
                    .mapToObj(partition -> new TopicPartition(course.output().name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    listener.answered(record, System.nanoTime());
                    read.incrementAndGet();
                }
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
