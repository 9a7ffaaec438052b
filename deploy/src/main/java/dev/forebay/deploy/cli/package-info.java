/**
 * The forebay command.
 */
@NullMarked
package dev.forebay.deploy.cli;

import org.jspecify.annotations.NullMarked;
