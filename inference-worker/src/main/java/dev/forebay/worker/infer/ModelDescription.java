package dev.forebay.worker.infer;

/**
 * What a loaded model is.
 *
 * @param name as in the configuration, {@code all-MiniLM-L6-v2}
 * @param version the first 12 hex digits of the sha256 of the weights file that runs
 * @param dimension length of each output vector
 * @param maxTokens the model's window, special tokens included
 * @param precision {@code fp32} or {@code bf16}
 * @param device {@code cpu} or {@code gpu:0}
 */
public record ModelDescription(
        String name, String version, int dimension, int maxTokens, String precision, String device) {}
