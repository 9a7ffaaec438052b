/**
 * The proof that no record is lost: a {@link History} of what actors did, {@link Evidence} of what the topics and the
 * process show, and a {@link Checker} per promise. A checker is a pure function; whoever makes faults fills the evidence.
 */
@NullMarked
package dev.forebay.deploy.faults;

import org.jspecify.annotations.NullMarked;
