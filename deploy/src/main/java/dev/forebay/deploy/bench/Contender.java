package dev.forebay.deploy.bench;

import java.util.Optional;

/** A way to answer the requests of a topic in another one. */
interface Contender {
    /** As in the figures and in {@code --only}. */
    String name();

    /** Starts reading the course's work topic. */
    Running start(Course course);

    /** A contender at work. */
    interface Running extends AutoCloseable {
        /** Outcomes that the broker has acknowledged. */
        long answered();

        /** Whether every thread of it has its part of the input. */
        default boolean complete() {
            return true;
        }

        /** Why it stopped by itself; empty while it runs. */
        Optional<Throwable> failure();

        /** What the model's executors did so far; nothing where nobody counts. */
        default Optional<dev.forebay.worker.observe.WorkerStats> stats() {
            return Optional.empty();
        }

        @Override
        void close();
    }
}
