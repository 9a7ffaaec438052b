package dev.forebay.worker.reuse;

import dev.forebay.worker.infer.ItemOutcome;

/**
 * What came of one text, for everyone who asked for it.
 *
 * @param tokens that the model read of it
 * @param truncated true where the text was longer than the model's window
 */
public record TextOutcome(ItemOutcome outcome, int tokens, boolean truncated) {}
