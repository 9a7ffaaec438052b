package dev.forebay.processors.control;

import dev.forebay.processors.stream.BoundedTimestamp;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** The part of a topology that reads the control topic. */
public final class ControlTopic {
    private ControlTopic() {}

    /** Adds {@code follow-CONTROL} and {@code control}; nothing for a policy that never changes. */
    public static void addTo(Topology topology, LivePolicy<?> policy) {
        // Streams reads a topic whole, and before all others, for those who keep a store of it; this one stays empty.
        policy.topic()
                .ifPresent(topic -> topology.addGlobalStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("policy"), Serdes.ByteArray(), Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "follow-" + topic,
                        new BoundedTimestamp(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topic,
                        "control",
                        () -> new ControlProcessor(policy)));
    }
}
