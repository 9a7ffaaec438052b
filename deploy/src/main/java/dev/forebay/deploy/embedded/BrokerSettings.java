package dev.forebay.deploy.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The properties of a single-node broker on the loopback interface, small and quick to join. */
final class BrokerSettings {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    /** A record of 4 MiB passes, with room for its headers and the batch around it. */
    private static final int MAX_BATCH_BYTES = (4 << 20) + (256 << 10);

    private static final Map<String, String> FIXED = fixed();

    private BrokerSettings() {}

    /**
     * @param overrides win over everything set here
     */
    static Map<String, String> of(Path directory, int brokerPort, int controllerPort, Map<String, String> overrides) {
        String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
        String controller = "127.0.0.1:" + controllerPort;
        Map<String, String> settings = new TreeMap<>(FIXED);
        settings.put("log.dirs", directory.toString());
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", broker);
        // A static quorum: its ports are not persisted, so that a directory can be reopened on others.
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.putAll(overrides);
        return settings;
    }

    private static Map<String, String> fixed() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_BATCH_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(MAX_BATCH_BYTES));
        oneReplica(settings);
        fewThreads(settings);
        quickJoins(settings);
        quickReturn(settings);
        return Map.copyOf(settings);
    }

    private static void oneReplica(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        for (String topic : new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".min.isr", "1");
            settings.put(topic + ".num.partitions", "1");
        }
    }

    private static void fewThreads(Map<String, String> settings) {
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.put("log.cleaner.io.buffer.size", "65536");
    }

    private static void quickJoins(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // Back-to-back transactions wait this long for the one before to be completed.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "2");
        // On a busy machine the one before takes longer than the default of 100 ms; clients would be told to retry.
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");
        settings.put("group.share.min.heartbeat.interval.ms", "200");
        settings.put("group.share.heartbeat.interval.ms", "200");
        settings.put("group.share.assignment.interval.ms", "0");
        settings.put("group.consumer.min.heartbeat.interval.ms", "200");
        settings.put("group.consumer.heartbeat.interval.ms", "500");
        settings.put("group.consumer.assignment.interval.ms", "0");
        // A worker that was killed and started again gets its partitions back in seconds, not in 45 of them.
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "10000");
        settings.put("group.streams.min.heartbeat.interval.ms", "500");
        settings.put("group.streams.heartbeat.interval.ms", "500");
        settings.put("group.streams.assignment.interval.ms", "0");
    }

    /**
     * A broker that was killed waits until its controller no longer takes it for alive. Then, for a moment, no partition has
     * a leader, and a transaction that is ended in it loses its markers (KAFKA-20734): the end of those that timed out is
     * looked for 10 s after the start, so it should be well before that.
     */
    private static void quickReturn(Map<String, String> settings) {
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "500");
    }
}
