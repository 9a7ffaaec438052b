/**
 * The one package that sees DJL: engines, predictors and tokenizers behind the {@link dev.forebay.worker.infer.Model} contract.
 */
@NullMarked
package dev.forebay.worker.djl;

import org.jspecify.annotations.NullMarked;
