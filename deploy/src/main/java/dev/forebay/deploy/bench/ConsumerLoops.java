package dev.forebay.deploy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumer loop that every tutorial has: poll, answer, send, wait for the acknowledgements, commit. One thread with
 * its own consumer per executor of the worker, so that as many calls run at once.
 */
final class ConsumerLoops implements Contender.Running {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Course course;
    private final Step step;
    private final AtomicLong answered = new AtomicLong();
    private final Set<Thread> withPartitions = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /** From the records of one poll to the answers. */
    @FunctionalInterface
    interface Step {
        void answer(List<ConsumerRecord<byte[], byte[]>> records, Replies replies);
    }

    /** Where answers go. */
    @FunctionalInterface
    interface Replies {
        void send(ProducerRecord<byte[], byte[]> reply);
    }

    private ConsumerLoops(Course course, Step step) {
        this.course = course;
        this.step = step;
    }

    /** @param maxPollRecords the most records that a step is given */
    static ConsumerLoops start(Course course, int threads, int maxPollRecords, Step step) {
        ConsumerLoops loops = new ConsumerLoops(course, step);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> loops.loop(maxPollRecords), "bench-loop-" + i);
            loops.threads.add(thread);
            thread.start();
        }
        return loops;
    }

    private void loop(int maxPollRecords) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(maxPollRecords);
                KafkaProducer<byte[], byte[]> producer =
                        course.producer(Map.of("compression.type", "lz4", "linger.ms", "2", "acks", "all"))) {
            consumer.subscribe(List.of(course.input()));
            while (!stopping) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                if (!consumer.assignment().isEmpty()) {
                    withPartitions.add(Thread.currentThread());
                }
                if (polled.isEmpty()) {
                    continue;
                }
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                polled.forEach(records::add);
                step.answer(records, reply -> send(producer, reply));
                producer.flush();
                consumer.commitSync();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(int maxPollRecords) {
        Map<String, Object> settings = new HashMap<>(course.config().kafka().forConsumer());
        settings.put("group.id", course.config().worker().group());
        settings.put("group.protocol", "consumer");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", Integer.toString(maxPollRecords));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> reply) {
        var unused = producer.send(reply, (metadata, failed) -> {
            if (failed == null) {
                answered.incrementAndGet();
            } else {
                failure.compareAndSet(null, failed);
            }
        });
    }

    @Override
    public long answered() {
        return answered.get();
    }

    @Override
    public boolean complete() {
        return withPartitions.size() == threads.size();
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
