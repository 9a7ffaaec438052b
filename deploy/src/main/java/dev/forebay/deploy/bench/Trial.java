package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.Stop;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One contender over one backlog, from the moment that the backlog becomes visible to the last acknowledged answer. */
final class Trial {
    private final Course course;
    private final Contender contender;
    private final Stop stop;

    Trial(Course course, Contender contender, Stop stop) {
        this.course = course;
        this.contender = contender;
        this.stop = stop;
    }

    Timed run(int count, Backlog.Requests requests) {
        return run(count, requests, answered -> {});
    }

    /** @param watcher told on the way how many are answered */
    Timed run(int count, Backlog.Requests requests, LongConsumer watcher) {
        try (AtWork atWork = AtWork.start(contender, course, stop);
                Backlog backlog = Backlog.load(course, count, requests)) {
            Optional<Batching> before = atWork.batching();
            long cpu = ProcessCpu.nanos();
            long started = System.nanoTime();
            backlog.open();
            atWork.await(count, watcher);
            long ended = System.nanoTime();
            long cpuNanos = ProcessCpu.nanos() - cpu;
            Optional<Batching> batching =
                    before.flatMap(then -> atWork.batching().map(now -> now.since(then)));
            return new Timed(count, (ended - started) / 1e9, cpuNanos / 1e9, batching.orElse(null));
        }
    }
}
