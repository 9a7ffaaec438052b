package dev.forebay.processors.policy;

import dev.forebay.schemas.config.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A policy for all tenants, and those of the tenants that have their own. */
public final class ByTenant<T> {
    private final T general;
    private final Map<String, T> own;

    private ByTenant(T general, Map<String, T> own) {
        this.general = general;
        this.own = own;
    }

    /** The same policy for every tenant. */
    public static <T> ByTenant<T> all(T general) {
        return new ByTenant<>(general, Map.of());
    }

    /**
     * Reads a section with the sections of single tenants below {@code tenants}; what a tenant does not say for itself,
     * it has from the section. Unknown keys are noted.
     */
    public static <T> ByTenant<T> read(Section section, Function<Layers, T> policy) {
        T general = policy.apply(new Layers(section, section));
        Map<String, T> own = new HashMap<>();
        section.section("tenants").named().forEach((tenant, layer) -> {
            own.put(tenant, policy.apply(new Layers(layer, section)));
            layer.done();
        });
        section.done();
        return new ByTenant<>(general, Map.copyOf(own));
    }

    public T of(String tenant) {
        return own.getOrDefault(tenant, general);
    }

    /**
     * The keys of a tenant over those of all.
     *
     * @param general the same as {@code own} where the policy for all is read
     */
    public record Layers(Section own, Section general) {
        /** The section that a key is to be read from. */
        public Section with(String key) {
            return own.has(key) ? own : general;
        }

        public boolean has(String key) {
            return with(key).has(key);
        }
    }
}
