/**
 * The batch budget that pays on this machine: measured once, kept beside the model, read at the next start. What is
 * measured and how the budget follows from it is in {@link dev.forebay.worker.infer.KneeSearch}.
 */
@NullMarked
package dev.forebay.worker.tune;

import org.jspecify.annotations.NullMarked;
