/** What the worker says about itself: a small domain interface, and the tally that the command line reads. */
@NullMarked
package dev.forebay.worker.observe;

import org.jspecify.annotations.NullMarked;
