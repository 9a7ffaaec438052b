package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.record.Lane;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Sends requests at times that were fixed beforehand, whatever becomes of those before, and measures each from its
 * intended time to the moment that its answer is read: a request that is sent late because the machine is busy counts as
 * slow, as it would for whoever made it.
 */
final class OpenLoop {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Of each latency. */
    static final int DIGITS = 3;

    private final Course course;
    private final BenchTexts texts;
    private final long[] arrivals;
    private final int from;
    private final Histogram micros = new Histogram(DIGITS);
    private volatile long started;

    /** @param from which of the texts is the first; those of a course have to be used once only */
    OpenLoop(Course course, BenchTexts texts, long[] arrivals, int from) {
        this.course = course;
        this.texts = texts;
        this.arrivals = arrivals;
        this.from = from;
    }

    /** Sends all of them and waits for their answers; gives microseconds. */
    Histogram run(AtWork atWork) {
        try (AnswerReader answers = AnswerReader.start(course, this::answered);
                KafkaProducer<byte[], byte[]> producer = course.producer(Map.of("linger.ms", "0", "acks", "all"))) {
            // Metadata first: the first send of a producer would wait for it.
            producer.partitionsFor(course.input());
            started = System.nanoTime();
            for (int i = 0; i < arrivals.length; i++) {
                waitUntil(started + arrivals[i]);
                String id = Outcomes.id(from + i);
                var unused = producer.send(course.record(i, Course.request(id, texts.at(from + i), Lane.LIVE)));
            }
            awaitAll(atWork, answers);
        }
        return micros;
    }

    private void awaitAll(AtWork atWork, AnswerReader answers) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (seen() < arrivals.length) {
            answers.failure().ifPresent(failure -> {
                throw FailedException.of("The answers cannot be read", failure);
            });
            if (System.nanoTime() > end) {
                throw new FailedException(seen() + " of " + arrivals.length + " requests were answered, "
                        + atWork.answered() + " outcomes are acknowledged, and nothing more comes.");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void answered(ConsumerRecord<byte[], byte[]> answer, long nanos) {
        String id = new String(answer.key(), StandardCharsets.UTF_8);
        int index = Outcomes.index(id) - from;
        if (index >= 0 && index < arrivals.length) {
            long latency = nanos - (started + arrivals[index]);
            synchronized (micros) {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(latency));
            }
        }
    }

    private long seen() {
        synchronized (micros) {
            return micros.getTotalCount();
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
