package dev.forebay.worker.publish;

import java.util.HashMap;
import java.util.Map;

/** The settings that every producer of the worker starts from. */
final class ProducerDefaults {
    private ProducerDefaults() {}

    /** Client properties, completed; those that the delivery contract rests on win. */
    static Map<String, Object> over(Map<String, Object> properties) {
        Map<String, Object> config = new HashMap<>(properties);
        config.putIfAbsent("compression.type", "lz4");
        // Behind a backlog the answers of several batches go out together; where there is none, they are flushed.
        config.putIfAbsent("linger.ms", "50");
        config.putIfAbsent("max.request.size", String.valueOf(4 << 20));
        config.putIfAbsent("client.id", "forebay-worker");
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        return config;
    }
}
