/** Labelled examples: texts of which somebody knows the label, in files of a person's own or of {@code forebay review export}. */
@NullMarked
package dev.forebay.deploy.examples;

import org.jspecify.annotations.NullMarked;
