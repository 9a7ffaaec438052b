package dev.forebay.processors.stream;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Sources and sinks of bytes: no record can be lost in a serde, because none looks inside. */
public final class Endpoints {
    // None of its own: a new group begins at the earliest record, unless kafka.streams says otherwise.
    private static final @Nullable AutoOffsetReset AS_CONFIGURED = null;

    private Endpoints() {}

    /** The operator that reads a topic. */
    public static String source(String topic) {
        return "read-" + topic;
    }

    /** The operator that writes to a topic, where there is one for all that do. */
    public static String sink(String topic) {
        return "write-" + topic;
    }

    public static void addSource(Topology topology, String topic) {
        topology.addSource(
                AS_CONFIGURED,
                source(topic),
                new BoundedTimestamp(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic);
    }

    /**
     * Adds what every instance reads whole, before its first record, and then follows: {@code follow-TOPIC} and the operator.
     *
     * @param store in memory, by which Streams does so; the operator may leave it empty
     */
    public static void addGlobal(
            Topology topology,
            String topic,
            String store,
            String operator,
            ProcessorSupplier<byte[], byte[], Void, Void> processor) {
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "follow-" + topic,
                new BoundedTimestamp(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic,
                operator,
                processor);
    }

    public static void addSink(Topology topology, String name, String topic, String... parents) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
    }
}
