package dev.forebay.worker.observe;

/**
 * The bound on a batch's padded tokens.
 *
 * @param now what counts at the moment
 * @param learned what counts where memory allows it
 * @param halvings how often it was lowered because memory ran out
 */
public record BudgetState(int now, int learned, long halvings) {}
