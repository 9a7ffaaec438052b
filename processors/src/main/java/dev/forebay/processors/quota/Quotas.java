package dev.forebay.processors.quota;

import dev.forebay.processors.policy.ByTenant;
import dev.forebay.processors.policy.ByTenant.Layers;
import dev.forebay.processors.quota.Quota.Excess;
import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The quota of every tenant that has one. */
public final class Quotas {
    private static final int MOST = 1_000_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    private final boolean any;
    private final ByTenant<Optional<Quota>> quotas;

    private Quotas(boolean any, ByTenant<Optional<Quota>> quotas) {
        this.any = any;
        this.quotas = quotas;
    }

    /** Reads the section {@code intake.quota}, and notes what is wrong with it. */
    public static Quotas read(Section section) {
        return new Quotas(!section.keys().isEmpty(), ByTenant.read(section, Quotas::quota));
    }

    /** False where nobody has a quota. */
    public boolean any() {
        return any;
    }

    public Optional<Quota> of(String tenant) {
        return quotas.of(tenant);
    }

    private static Optional<Quota> quota(Layers layers) {
        int requests = layers.with("requests").integer("requests", MOST, 1, MOST);
        Duration per = layers.with("per").duration("per", Duration.ofMinutes(1), SHORTEST, LONGEST);
        int burst = layers.with("burst").integer("burst", requests, 1, MOST);
        Excess excess = layers.with("excess").choice("excess", Excess.class, Excess.REJECT);
        if (layers.has("requests")) {
            return Optional.of(new Quota(requests, per, burst, excess));
        }
        checkUseless(layers);
        return Optional.empty();
    }

    /** What is said of a quota that nobody has; for all tenants it may be meant for those that have their own. */
    private static void checkUseless(Layers layers) {
        if (layers.own() == layers.general() && layers.own().has("tenants")) {
            return;
        }
        for (String key : List.of("per", "burst", "excess")) {
            if (layers.own().has(key)) {
                layers.own()
                        .problem(key, "only beside requests", "Add requests, how many are admitted, or remove this.");
            }
        }
    }
}
