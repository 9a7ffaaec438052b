/**
 * Expressions of the Common Expression Language (CEL, <a href="https://cel.dev">cel.dev</a>) over a result or a
 * request: compiled and type-checked when the configuration is read, bounded in what they may cost when they run.
 */
@NullMarked
package dev.forebay.processors.rule;

import org.jspecify.annotations.NullMarked;
