/**
 * One record of a topic as a value, and the dead letter made of it. Both topologies use it; it sees neither Kafka nor a
 * format.
 */
@NullMarked
package dev.forebay.processors.event;

import org.jspecify.annotations.NullMarked;
