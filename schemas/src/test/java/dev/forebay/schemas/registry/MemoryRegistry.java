package dev.forebay.schemas.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry in memory that takes every schema; it can be switched off to see what an outage does. */
public final class MemoryRegistry implements SchemaRegistry {
    private final ConcurrentMap<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, Schema> subjects = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private volatile boolean down;

    /** Until {@link #up} every call fails as it does when no registry answers. */
    public void down() {
        down = true;
    }

    public void up() {
        down = false;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        answer();
        int id = ids.computeIfAbsent(schema.toString(), text -> lastId.incrementAndGet());
        schemas.put(id, schema);
        subjects.put(subject, schema);
        return id;
    }

    @Override
    public Optional<Schema> byId(int id) {
        answer();
        return Optional.ofNullable(schemas.get(id));
    }

    /** The schema that was last asked for under a subject. */
    public Optional<Schema> latest(String subject) {
        return Optional.ofNullable(subjects.get(subject));
    }

    private void answer() {
        if (down) {
            throw new RegistryUnavailableException(
                    "the registry in memory is switched off", new IllegalStateException("down"));
        }
    }
}
