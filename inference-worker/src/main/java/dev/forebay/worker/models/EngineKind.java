package dev.forebay.worker.models;

/** The library that runs a model; the constants are spelt in configuration as they are here, in lower case. */
public enum EngineKind {
    PYTORCH,
    /** On the CPU only. */
    ONNXRUNTIME
}
