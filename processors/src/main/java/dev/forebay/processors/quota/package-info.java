/** How many requests a tenant may send: a token bucket for each, kept in a store. */
@NullMarked
package dev.forebay.processors.quota;

import org.jspecify.annotations.NullMarked;
