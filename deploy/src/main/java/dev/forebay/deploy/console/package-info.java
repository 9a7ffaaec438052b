/**
 * The terminal: where text goes, what a person did wrong, and when to stop. Imports nothing of Forebay but its configuration problems.
 */
@NullMarked
package dev.forebay.deploy.console;

import org.jspecify.annotations.NullMarked;
