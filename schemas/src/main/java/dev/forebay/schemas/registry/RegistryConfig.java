package dev.forebay.schemas.registry;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The registry client's properties under the names that Confluent's users know: {@code schema.registry.url},
 * {@code basic.auth.user.info}, {@code auto.register.schemas}, {@code use.latest.version}, {@code
 * schema.registry.ssl.*}.
 */
public record RegistryConfig(Map<String, String> properties) {
    private static final Pattern CLIENT_KEY = Pattern.compile("(schema\\.registry|basic\\.auth|bearer\\.auth)\\..*"
            + "|auto\\.register\\.schemas|use\\.latest\\.version|normalize\\.schemas"
            + "|http\\.(connect|read)\\.timeout\\.ms|missing\\.id\\.cache\\.ttl\\.sec"
            + "|(key|value)\\.subject\\.name\\.strategy");

    static final String ALLOW_INSECURE = "allow.insecure";

    public RegistryConfig {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads the {@code registry} section and notes what the client could not work with. No section at all is no
     * problem: topics in JSON need no registry.
     */
    public static RegistryConfig read(Section section) {
        Section flat = section.flattened();
        boolean insecure = flat.flag(ALLOW_INSECURE, false);
        Map<String, String> properties = new HashMap<>(section.properties());
        properties.remove(ALLOW_INSECURE);
        RegistryConfig config = new RegistryConfig(properties);
        if (config.isPresent()) {
            ClientSettings settings = ClientSettings.read(flat);
            if (!insecure) {
                settings.refuseInsecure(flat);
            }
            flat.done();
        }
        return config;
    }

    /** Picks what concerns the registry from the properties of a Kafka client. */
    public static RegistryConfig fromClient(Map<String, ?> clientProperties) {
        Map<String, String> own = new HashMap<>();
        clientProperties.forEach((key, value) -> {
            if (value != null && CLIENT_KEY.matcher(key).matches()) {
                own.put(key, value instanceof Class<?> type ? type.getName() : value.toString());
            }
        });
        return new RegistryConfig(own);
    }

    /** Whether anything is configured. */
    public boolean isPresent() {
        return !properties.isEmpty();
    }

    /** How the subjects of values are named, {@code value.subject.name.strategy}. */
    public SubjectNaming valueNaming() {
        return ClientSettings.read(Section.of(properties, new Problems())).valueNaming();
    }

    /** How the subjects of keys are named, {@code key.subject.name.strategy}. */
    public SubjectNaming keyNaming() {
        return ClientSettings.read(Section.of(properties, new Problems())).keyNaming();
    }

    /** The keys alone: values may be secrets. */
    @Override
    public String toString() {
        return "RegistryConfig" + properties.keySet();
    }
}
