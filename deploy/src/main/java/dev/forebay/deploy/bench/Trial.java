package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.worker.observe.WorkerStats;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One contender over one backlog, from the moment that the backlog becomes visible to the last acknowledged outcome. A
 * few requests go ahead and are answered before, so that the contender is known to be in its group and at work.
 */
final class Trial {
    private static final int PRIMERS = 16;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Course course;
    private final Contender contender;
    private final Stop stop;

    Trial(Course course, Contender contender, Stop stop) {
        this.course = course;
        this.contender = contender;
        this.stop = stop;
    }

    /** Runs the backlog's first {@code count} requests and counts every outcome. */
    Timed run(int count, Backlog.Requests requests) {
        try (Contender.Running running = contender.start(course)) {
            prime(running, requests);
            try (Backlog backlog = Backlog.load(course, count, requests)) {
                Optional<WorkerStats> before = running.stats();
                long cpu = ProcessCpu.nanos();
                long started = System.nanoTime();
                backlog.open();
                await(running, PRIMERS + count);
                long ended = System.nanoTime();
                long cpuNanos = ProcessCpu.nanos() - cpu;
                Optional<Batching> batching =
                        before.flatMap(then -> running.stats().map(now -> Batching.between(then, now)));
                return new Timed(count, (ended - started) / 1e9, cpuNanos / 1e9, batching);
            }
        }
    }

    private void prime(Contender.Running running, Backlog.Requests requests) {
        Codec<Request> codec =
                course.config().codecs().of(course.config().topics().work(), Request.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                course.config().kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < PRIMERS; i++) {
                String id = Outcomes.PRIMER + i;
                // A text of its own, because equal ones may be answered without the model.
                Request request = Course.request(id, id + " " + requests.at(i).getText());
                var unused = producer.send(course.record(i, id, codec.encode(request)));
            }
        }
        await(running, PRIMERS);
    }

    private void await(Contender.Running running, long target) {
        long moved = System.nanoTime();
        long seen = -1;
        for (long answered = running.answered(); answered < target; answered = running.answered()) {
            long now = System.nanoTime();
            if (answered != seen) {
                seen = answered;
                moved = now;
            } else if (now - moved > GIVE_UP_NANOS) {
                throw new FailedException(contender.name() + " stands still at " + answered + " of " + target + ".");
            }
            running.failure().ifPresent(failure -> {
                throw FailedException.of(contender.name() + " stopped", failure);
            });
            stop.check();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
