package dev.forebay.processors.control;

import dev.forebay.schemas.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of one topology: that of the configuration file until a change on the control topic is read, then the file's
 * with the last valid change over it. Every instance reads the topic whole before its first event. Safe for use by several
 * threads.
 */
public final class LivePolicy<T> implements Supplier<InForce<T>> {
    private static final Logger log = LoggerFactory.getLogger(LivePolicy.class);

    private final @Nullable String topic;
    private final Function<String, T> changed;
    private final InForce<T> ofFile;
    private final LongAdder refused = new LongAdder();
    private volatile InForce<T> now;

    private LivePolicy(@Nullable String topic, T ofFile, Function<String, T> changed) {
        this.topic = topic;
        this.changed = changed;
        this.ofFile = new InForce<>(ofFile, null);
        this.now = this.ofFile;
    }

    /** One that never changes. */
    public static <T> LivePolicy<T> fixed(T policy) {
        return new LivePolicy<>(null, policy, document -> policy);
    }

    /**
     * One that changes.
     *
     * @param changed gives the file's policy with a change over it; throws {@link ConfigException} where the change is wrong
     */
    public static <T> LivePolicy<T> following(String topic, T ofFile, Function<String, T> changed) {
        return new LivePolicy<>(topic, ofFile, changed);
    }

    @Override
    public InForce<T> get() {
        return now;
    }

    /** The file's, whatever has been changed: what a topology is built of. */
    public T ofFile() {
        return ofFile.policy();
    }

    /** How many changes were refused since the start, because they were wrong. */
    public long refused() {
        return refused.sum();
    }

    /** The control topic; empty for a policy that never changes. */
    Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    /**
     * Puts a change in force, unless it is wrong: then the policy stays as it is.
     *
     * @param document null or empty for the file's policy
     */
    void change(long version, byte @Nullable [] document) {
        try {
            now = document == null || document.length == 0
                    ? new InForce<>(ofFile.policy(), version)
                    : new InForce<>(changed.apply(new String(document, StandardCharsets.UTF_8)), version);
            log.info("policy_changed topic={} version={}", topic, version);
        } catch (ConfigException e) {
            refused.increment();
            log.warn("policy_refused topic={} version={} stays={} {}", topic, version, now.version(), e.getMessage());
        }
    }

    /** Says of a record that it is not read as a change. */
    void refuse(long offset, String why) {
        refused.increment();
        log.warn("policy_refused topic={} offset={} stays={} {}", topic, offset, now.version(), why);
    }
}
