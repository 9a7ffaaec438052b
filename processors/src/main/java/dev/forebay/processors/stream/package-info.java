/**
 * What the topologies need of Kafka Streams: records in and out as bytes, timestamps that cannot poison a topic, keys
 * that are remembered for a while, records that go by the clock.
 */
@NullMarked
package dev.forebay.processors.stream;

import org.jspecify.annotations.NullMarked;
