package dev.forebay.worker;

import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.worker.consume.DeliveryLimit;
import dev.forebay.worker.consume.InFlightBounds;
import dev.forebay.worker.consume.KafkaShareSource;
import dev.forebay.worker.consume.RecordSink;
import dev.forebay.worker.consume.Runs;
import dev.forebay.worker.consume.ShareLoop;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.WorkerMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads each topic with several share consumers, which divide what may be in flight: one is given nothing new until all
 * that it was given is done, so others have to fill the batches meanwhile.
 */
record ShareGroup(
        WorkerConfig config, KafkaConfig kafka, DeliveryLimit limit, WorkerMetrics metrics, Obstacles obstacles) {
    private static final int MOST_POLLED = 500;
    private static final long LEAST_FETCHED = 64 << 10;

    Reading read(String role, String topic, RecordSink sink) {
        Runs runs = new Runs(metrics);
        List<Reading.Reader> readers = new ArrayList<>();
        for (int i = 0; i < DeliveryLimit.CONSUMERS; i++) {
            String name = role + "-" + i;
            KafkaShareSource consumer = new KafkaShareSource(properties(), topic, name, obstacles, System::nanoTime);
            ShareLoop loop = new ShareLoop(consumer, sink, runs, limit, config.commitInterval(), System::nanoTime);
            consumer.subscribe(loop);
            readers.add(new Reading.Reader(name, loop, consumer));
        }
        return new Reading(readers, done -> runs.ended(done.ticket()));
    }

    /** Each consumer polls no more than its part of what may be in flight. */
    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(kafka.forConsumer());
        InFlightBounds bounds = config.bounds();
        int polled = Integer.parseInt(String.valueOf(properties.getOrDefault("max.poll.records", MOST_POLLED)));
        properties.put("group.id", config.group());
        properties.put(
                "max.poll.records",
                String.valueOf(Math.max(1, Math.min(polled, bounds.records() / DeliveryLimit.CONSUMERS))));
        properties.putIfAbsent(
                "fetch.max.bytes",
                String.valueOf(Math.max(
                        LEAST_FETCHED, Math.min(Integer.MAX_VALUE, bounds.bytes() / DeliveryLimit.CONSUMERS))));
        return properties;
    }
}
