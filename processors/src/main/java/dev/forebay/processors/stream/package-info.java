/**
 * What both topologies need of Kafka Streams: records in and out as bytes, timestamps that cannot poison a topic.
 */
@NullMarked
package dev.forebay.processors.stream;

import org.jspecify.annotations.NullMarked;
