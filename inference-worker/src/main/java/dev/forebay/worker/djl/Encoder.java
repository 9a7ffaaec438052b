package dev.forebay.worker.djl;

import ai.djl.inference.Predictor;
import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import java.util.List;

/** A module inside an engine, on one device, with what the engine needs to run it. */
interface Encoder extends AutoCloseable {
    /** For one thread at a time. */
    Predictor<List<Tokens>, List<Inference>> newPredictor();

    /** Name and version of the engine. */
    String engine();

    /** Called by a thread before each prediction. */
    void enter();

    /** Not while a prediction runs: the memory under it would be freed. */
    @Override
    void close();
}
