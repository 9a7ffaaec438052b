package dev.forebay.worker.infer;

import java.util.List;

/**
 * A loaded model that turns token sequences into vectors. {@link #tokenize} and {@link #infer} may be called by several
 * threads at once; {@link #close} waits for calls in flight.
 */
public interface Model extends AutoCloseable {
    ModelDescription describe();

    /** Runs the shapes that are common in use, so that the first real batch is as fast as the next. Bounded in time. */
    void warmUp();

    /**
     * Runs the shapes that a search asks for, on every executor at once, until it has ended or the process is about to
     * end. A model that is not run in batches here asks for none.
     *
     * @throws ModelException where the engine fails on a shape and that is not for lack of memory
     */
    default void measure(KneeSearch search) {}

    /** The tokens of each text, in order, cut to {@link ModelDescription#maxTokens()}. */
    List<Tokens> tokenize(List<String> texts);

    /**
     * One inference per item, in order; a row that is not finite is {@link Inference.Invalid} and costs its neighbours
     * nothing.
     *
     * @throws ModelException where the whole batch failed; a part of it may succeed
     */
    List<Inference> infer(List<Tokens> batch);

    @Override
    void close();
}
