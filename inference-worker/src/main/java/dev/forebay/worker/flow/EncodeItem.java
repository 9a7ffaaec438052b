package dev.forebay.worker.flow;

import dev.forebay.worker.infer.Tokens;

/** One text of a request, as it waits for a place in a batch. */
public record EncodeItem(Assembly assembly, int index, Tokens tokens) {}
