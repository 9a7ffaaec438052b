package dev.forebay.deploy.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker with a registry beside it, in this process. */
public final class EmbeddedCluster implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    /**
     * @param dataDir kept; null for a temporary one
     * @param kafkaPort 0 for a free one
     * @param registryPort 0 for a free one
     */
    public record Options(@Nullable Path dataDir, int kafkaPort, int registryPort) {}

    private EmbeddedCluster(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /** @throws IllegalStateException where it cannot start; the message says why */
    public static EmbeddedCluster start(Options options) {
        Path dataDir = options.dataDir();
        Path brokerDir = dataDir == null ? null : dataDir.resolve("broker");
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(brokerDir, options.kafkaPort(), Map.of()));
        try {
            return new EmbeddedCluster(kafka, EmbeddedRegistry.start(kafka.bootstrapServers(), options.registryPort()));
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Of the registry, {@code http://127.0.0.1:PORT}. */
    public String registryUrl() {
        return registry.url().toString();
    }

    @Override
    public void close() {
        try {
            registry.close();
        } finally {
            kafka.close();
        }
    }
}
