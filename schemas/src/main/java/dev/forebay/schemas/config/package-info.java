/**
 * Reading configuration: a YAML file becomes a {@link dev.forebay.schemas.config.Section}, every module reads its part
 * into an immutable record, and all problems are reported at once, each with its key, value, what is allowed and the
 * fix.
 */
@NullMarked
package dev.forebay.schemas.config;

import org.jspecify.annotations.NullMarked;
