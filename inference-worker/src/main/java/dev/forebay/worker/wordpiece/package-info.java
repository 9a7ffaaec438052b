/**
 * The tokens that BERT's WordPiece gives to an ASCII text, without the way through native code: most texts are ASCII, and
 * for them a general tokenizer spends its time on what they cannot have.
 */
@NullMarked
package dev.forebay.worker.wordpiece;

import org.jspecify.annotations.NullMarked;
