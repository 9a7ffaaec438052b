/** Policy that changes while the topologies run: the topic that says so, and what is in force. */
@NullMarked
package dev.forebay.processors.control;

import org.jspecify.annotations.NullMarked;
