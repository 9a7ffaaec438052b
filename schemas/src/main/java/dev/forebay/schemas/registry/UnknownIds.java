package dev.forebay.schemas.registry;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ids that the registry did not know a short while ago, so that a topic full of bad ids does not flood it. */
final class UnknownIds {
    private static final int MAX_IDS = 10_000;

    private final long memoryNanos;
    private final Map<Integer, Long> askedAt = new ConcurrentHashMap<>();

    UnknownIds(Duration memory) {
        this.memoryNanos = memory.toNanos();
    }

    boolean contains(int id, long nowNanos) {
        Long asked = askedAt.get(id);
        return asked != null && nowNanos - asked < memoryNanos;
    }

    void add(int id, long nowNanos) {
        if (askedAt.size() >= MAX_IDS) {
            askedAt.values().removeIf(asked -> nowNanos - asked >= memoryNanos);
        }
        if (askedAt.size() < MAX_IDS) {
            askedAt.put(id, nowNanos);
        }
    }
}
