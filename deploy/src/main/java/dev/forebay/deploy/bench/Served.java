package dev.forebay.deploy.bench;

import dev.forebay.worker.infer.Model;

/**
 * A loaded model, with what the worker has found to suit it.
 *
 * @param executors how many batches run at once; nobody has more or fewer
 * @param paddedTokens the budget of a batch
 */
record Served(Model model, int executors, int paddedTokens) {}
