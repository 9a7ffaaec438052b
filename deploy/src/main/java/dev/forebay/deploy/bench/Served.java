package dev.forebay.deploy.bench;

import dev.forebay.worker.infer.Model;

/**
 * A loaded model, with how many batches run on it at once.
 *
 * @param executors as the worker would have, so that nobody has more or fewer
 */
record Served(Model model, int executors) {}
