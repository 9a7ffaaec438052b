package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.schemas.record.Lane;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * A contender that has joined its group and has answered a few requests on its course, so that what comes next finds it
 * ready.
 */
final class AtWork implements AutoCloseable {
    private static final int PRIMERS = 16;
    private static final String PRIMER_TEXT = "is the parcel with the blue coat on its way";
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final String name;
    private final Contender.Running running;
    private final Stop stop;

    private AtWork(String name, Contender.Running running, Stop stop) {
        this.name = name;
        this.running = running;
        this.stop = stop;
    }

    static AtWork start(Contender contender, Course course, Stop stop) {
        AtWork atWork = new AtWork(contender.name(), contender.start(course), stop);
        try {
            atWork.prime(course);
            return atWork;
        } catch (RuntimeException e) {
            atWork.close();
            throw e;
        }
    }

    private void prime(Course course) {
        try (KafkaProducer<byte[], byte[]> producer = course.producer(Map.of())) {
            for (int i = 0; i < PRIMERS; i++) {
                String id = Outcomes.PRIMER + i;
                // A text of its own, because equal ones may be answered without the model.
                var unused = producer.send(course.record(i, Course.request(id, PRIMER_TEXT + " " + i, Lane.LIVE)));
            }
        }
        awaitUntil(0, running::complete, done -> {});
    }

    /**
     * Waits until this many requests after the first few are answered.
     *
     * @param watcher told of their number again and again
     * @throws FailedException where the contender fails or nothing moves
     */
    void await(long target, LongConsumer watcher) {
        awaitUntil(target, () -> true, watcher);
    }

    private void awaitUntil(long target, BooleanSupplier also, LongConsumer watcher) {
        long moved = System.nanoTime();
        long seen = Long.MIN_VALUE;
        for (long done = answered(); done < target || !also.getAsBoolean(); done = answered()) {
            watcher.accept(Math.max(0, done));
            long now = System.nanoTime();
            if (done != seen) {
                seen = done;
                moved = now;
            } else if (now - moved > GIVE_UP_NANOS) {
                throw new FailedException(name + " stands still at " + done + " of " + target + ".");
            }
            running.failure().ifPresent(failure -> {
                throw FailedException.of(name + " stopped", failure);
            });
            stop.check();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Acknowledged answers after the first few. */
    long answered() {
        return running.answered() - PRIMERS;
    }

    Optional<Batching> batching() {
        return running.stats().map(Batching::of);
    }

    @Override
    public void close() {
        running.close();
    }
}
