package dev.forebay.deploy.embedded;

import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the registry knows: the sum of all changes so far. It changes by {@link #apply} alone; safe for several threads. */
final class SchemaStore {
    private final SortedMap<String, NavigableMap<Integer, StoredSchema>> subjects = new TreeMap<>();
    private final NavigableMap<Integer, String> schemas = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Setting, Map<String, String>> ofSubject = new EnumMap<>(Setting.class);
    private final Map<Setting, String> ofAll = new EnumMap<>(Setting.class);

    SchemaStore() {
        for (Setting setting : Setting.values()) {
            ofSubject.put(setting, new HashMap<>());
        }
    }

    synchronized void apply(RegistryChange change) {
        if (change instanceof RegistryChange.Stored stored) {
            put(stored.schema());
        } else if (change instanceof RegistryChange.Removed removed) {
            remove(removed.subject(), removed.version());
        } else if (change instanceof RegistryChange.SubjectDeleted deleted) {
            all(deleted.subject()).stream()
                    .filter(stored -> stored.version() <= deleted.upToVersion())
                    .forEach(stored -> put(stored.asDeleted()));
        } else if (change instanceof RegistryChange.Set set) {
            set(set);
        }
    }

    /** Every subject's name that has a version, in order; with marked versions only where asked for. */
    synchronized List<String> subjects(boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(subject -> !versions(subject, withDeleted).isEmpty())
                .toList();
    }

    /** The versions of a subject, oldest first; empty where there is no such subject. */
    synchronized List<StoredSchema> versions(String subject, boolean withDeleted) {
        return all(subject).stream()
                .filter(stored -> withDeleted || !stored.deleted())
                .toList();
    }

    /** Every version of every subject that has this id. */
    synchronized List<StoredSchema> withId(int id, boolean withDeleted) {
        return subjects.values().stream()
                .flatMap(versions -> versions.values().stream())
                .filter(stored -> stored.id() == id && (withDeleted || !stored.deleted()))
                .toList();
    }

    synchronized Optional<String> schema(int id) {
        return Optional.ofNullable(schemas.get(id));
    }

    /** The id that a text has in whatever subject. */
    synchronized Optional<Integer> idOf(String schema) {
        return Optional.ofNullable(ids.get(schema));
    }

    synchronized int nextId() {
        return schemas.isEmpty() ? 1 : schemas.lastKey() + 1;
    }

    synchronized Optional<String> setting(Setting setting, @Nullable String subject) {
        return Optional.ofNullable(
                subject == null
                        ? ofAll.get(setting)
                        : ofSubject.getOrDefault(setting, Map.of()).get(subject));
    }

    private void put(StoredSchema stored) {
        subjects.computeIfAbsent(stored.subject(), subject -> new TreeMap<>()).put(stored.version(), stored);
        // an id outlives its versions: records that carry it may still be on a topic
        schemas.put(stored.id(), stored.schema());
        ids.putIfAbsent(stored.schema(), stored.id());
    }

    private void remove(String subject, int version) {
        NavigableMap<Integer, StoredSchema> versions = subjects.get(subject);
        if (versions != null) {
            versions.remove(version);
            if (versions.isEmpty()) {
                subjects.remove(subject);
            }
        }
    }

    private void set(RegistryChange.Set set) {
        Map<String, String> settings = ofSubject.getOrDefault(set.setting(), new HashMap<>());
        if (set.subject() == null && set.value() == null) {
            ofAll.remove(set.setting());
        } else if (set.subject() == null) {
            ofAll.put(set.setting(), set.value());
        } else if (set.value() == null) {
            settings.remove(set.subject());
        } else {
            settings.put(set.subject(), set.value());
        }
    }

    private List<StoredSchema> all(String subject) {
        return new ArrayList<>(Stream.ofNullable(subjects.get(subject))
                .flatMap(versions -> versions.values().stream())
                .toList());
    }
}
