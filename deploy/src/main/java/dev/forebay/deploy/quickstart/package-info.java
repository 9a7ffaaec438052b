/**
 * A file through the whole pipeline, with progress and a table at the end.
 */
@NullMarked
package dev.forebay.deploy.quickstart;

import org.jspecify.annotations.NullMarked;
