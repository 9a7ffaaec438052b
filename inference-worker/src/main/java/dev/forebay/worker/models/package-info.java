/**
 * Models on disk: import of a checkpoint to TorchScript, model cards, and the directory they are pinned in.
 */
@NullMarked
package dev.forebay.worker.models;

import org.jspecify.annotations.NullMarked;
