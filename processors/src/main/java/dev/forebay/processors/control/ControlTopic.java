package dev.forebay.processors.control;

import dev.forebay.processors.stream.Endpoints;
import org.apache.kafka.streams.Topology;

/** The part of a topology that reads the control topic. */
public final class ControlTopic {
    private ControlTopic() {}

    /** Adds {@code follow-CONTROL} and {@code control}; nothing for a policy that never changes. */
    public static void addTo(Topology topology, LivePolicy<?> policy) {
        policy.topic()
                .ifPresent(topic ->
                        Endpoints.addGlobal(topology, topic, "policy", "control", () -> new ControlProcessor(policy)));
    }
}
