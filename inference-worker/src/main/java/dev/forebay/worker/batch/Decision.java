package dev.forebay.worker.batch;

import java.util.function.Function;

/** What an idle executor should do. */
public sealed interface Decision<T> permits Decision.Run, Decision.Wait {
    <R> R fold(Function<Run<T>, R> run, Function<Wait<T>, R> wait);

    /** Run this batch now. */
    record Run<T>(Batch<T> batch) implements Decision<T> {
        @Override
        public <R> R fold(Function<Run<T>, R> run, Function<Wait<T>, R> wait) {
            return run.apply(this);
        }
    }

    /**
     * Ask again when something was offered, and no later than this.
     *
     * @param nanos {@link Long#MAX_VALUE} where only an offer changes anything
     */
    record Wait<T>(long nanos) implements Decision<T> {
        @Override
        public <R> R fold(Function<Run<T>, R> run, Function<Wait<T>, R> wait) {
            return wait.apply(this);
        }
    }
}
