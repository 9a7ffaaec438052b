package dev.forebay.schemas.config;

import java.util.HashMap;
import java.util.Map;

/**
 * The {@code kafka} section: any client property passes through. Properties below {@code consumer}, {@code producer},
 * {@code admin} and {@code streams} go to that client alone and win over the common ones. A client that would talk in
 * the clear to another machine is a problem, unless {@code allow.insecure} says that it may.
 */
public record KafkaConfig(
        Map<String, String> common,
        Map<String, String> consumer,
        Map<String, String> producer,
        Map<String, String> admin,
        Map<String, String> streams) {

    static final String ALLOW_INSECURE = "allow.insecure";

    public static KafkaConfig read(Section section) {
        Section flat = section.flattened();
        ClientProperties properties = new ClientProperties(flat);
        properties.refuseUnreadableLogins();
        properties.refuseUnlimitedProviders();
        if (!flat.flag(ALLOW_INSECURE, false)) {
            properties.refuseInsecureTransport();
        }
        Map<String, String> consumer = section.section("consumer").properties();
        Map<String, String> producer = section.section("producer").properties();
        Map<String, String> admin = section.section("admin").properties();
        Map<String, String> streams = section.section("streams").properties();
        Map<String, String> common = new HashMap<>(section.properties());
        common.keySet().removeIf(key -> key.matches("(consumer|producer|admin|streams)\\..*"));
        common.remove(ALLOW_INSECURE);
        if (!common.containsKey("bootstrap.servers")) {
            section.requiredString("bootstrap.servers", "localhost:9092");
        }
        return new KafkaConfig(common, consumer, producer, admin, streams);
    }

    public static KafkaConfig of(String bootstrapServers) {
        return new KafkaConfig(Map.of("bootstrap.servers", bootstrapServers), Map.of(), Map.of(), Map.of(), Map.of());
    }

    public Map<String, Object> forConsumer() {
        return merged(consumer);
    }

    public Map<String, Object> forProducer() {
        return merged(producer);
    }

    public Map<String, Object> forAdmin() {
        return merged(admin);
    }

    public Map<String, Object> forStreams() {
        return merged(streams);
    }

    /** The keys alone: values may be secrets. */
    @Override
    public String toString() {
        return "KafkaConfig" + common.keySet();
    }

    private Map<String, Object> merged(Map<String, String> own) {
        Map<String, Object> all = new HashMap<>(common);
        all.putAll(own);
        return all;
    }
}
