package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Decides what a call that writes would change. It changes nothing itself: the topic comes first. */
final class RegistryWrites {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> MODES = List.of("READWRITE", "READONLY");
    private static final List<String> LEVELS =
            Arrays.stream(CompatibilityLevel.values()).map(Enum::name).toList();

    private final SchemaStore store;
    private final RegistryReads reads;

    RegistryWrites(SchemaStore store) {
        this.store = store;
        this.reads = new RegistryReads(store);
    }

    RegistryDecision register(RegistryRequest request) {
        String subject = named(request.subject());
        Schema schema = AvroText.in(request.body());
        String text = schema.toString();
        List<StoredSchema> newestFirst = new ArrayList<>(store.versions(subject, false));
        Collections.reverse(newestFirst);
        Optional<StoredSchema> same = newestFirst.stream()
                .filter(stored -> stored.schema().equals(text))
                .findFirst();
        if (same.isPresent()) {
            return RegistryDecision.nothing(id(same.get().id()));
        }
        writable(subject);
        checkCompatible(subject, schema, newestFirst);
        int version = store.versions(subject, true).stream()
                        .mapToInt(StoredSchema::version)
                        .max()
                        .orElse(0)
                + 1;
        int id = store.idOf(text).orElseGet(store::nextId);
        StoredSchema stored = new StoredSchema(subject, version, id, text, false);
        return RegistryDecision.of(new RegistryChange.Stored(stored), id(id));
    }

    RegistryDecision deleteVersion(RegistryRequest request) {
        String subject = request.subject();
        writable(subject);
        boolean permanent = request.flag("permanent");
        StoredSchema stored = request.version(request.parameters().get(1), store.versions(subject, true));
        String name = "Subject '" + subject + "' Version " + stored.version();
        JsonNode answer = IntNode.valueOf(stored.version());
        if (permanent && !stored.deleted()) {
            throw new RegistryError(40407, name + " was not deleted first before being permanently deleted");
        }
        if (!permanent && stored.deleted()) {
            throw new RegistryError(40406, name + " was soft deleted. Set permanent=true to delete permanently");
        }
        return RegistryDecision.of(
                permanent
                        ? new RegistryChange.Removed(subject, stored.version())
                        : new RegistryChange.Stored(stored.asDeleted()),
                answer);
    }

    RegistryDecision deleteSubject(RegistryRequest request) {
        String subject = request.subject();
        writable(subject);
        boolean permanent = request.flag("permanent");
        List<StoredSchema> alive = store.versions(subject, false);
        List<StoredSchema> all = store.versions(subject, true);
        if (all.isEmpty()) {
            throw RegistryError.subjectNotFound(subject);
        }
        if (permanent && !alive.isEmpty()) {
            throw new RegistryError(
                    40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
        }
        if (!permanent && alive.isEmpty()) {
            throw new RegistryError(
                    40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
        }
        List<StoredSchema> concerned = permanent ? all : alive;
        List<RegistryChange> changes = new ArrayList<>();
        for (StoredSchema stored : concerned) {
            changes.add(
                    permanent
                            ? new RegistryChange.Removed(subject, stored.version())
                            : new RegistryChange.Stored(stored.asDeleted()));
        }
        return new RegistryDecision(
                changes, RegistryReads.array(concerned, stored -> IntNode.valueOf(stored.version())));
    }

    RegistryDecision set(Setting setting, RegistryRequest request) {
        String subject = request.parameters().isEmpty() ? null : named(request.subject());
        String field = setting == Setting.CONFIG ? "compatibility" : "mode";
        String value = request.body().path(field).asText("");
        List<String> allowed = setting == Setting.CONFIG ? LEVELS : MODES;
        if (!allowed.contains(value)) {
            throw new RegistryError(
                    setting == Setting.CONFIG ? 42203 : 42204,
                    "Invalid " + field + ". Valid values are " + String.join(", ", allowed) + ".");
        }
        return RegistryDecision.of(
                new RegistryChange.Set(setting, subject, value),
                JSON.objectNode().put(field, value));
    }

    /** Answers the setting that is gone. */
    RegistryDecision reset(Setting setting, RegistryRequest request) {
        JsonNode before = reads.setting(setting, request);
        String subject = request.parameters().isEmpty() ? null : request.subject();
        return RegistryDecision.of(new RegistryChange.Set(setting, subject, null), before);
    }

    private void checkCompatible(String subject, Schema schema, List<StoredSchema> newestFirst) {
        List<Schema> earlier = newestFirst.stream()
                .map(stored -> AvroText.parse(stored.schema()))
                .toList();
        List<String> problems = CompatibilityLevel.valueOf(reads.effective(Setting.CONFIG, subject))
                .problems(schema, earlier);
        if (!problems.isEmpty()) {
            throw new RegistryError(
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject '" + subject + "': "
                            + String.join("; ", problems));
        }
    }

    private void writable(String subject) {
        if (reads.effective(Setting.MODE, subject).equals("READONLY")) {
            throw new RegistryError(42205, "Subject '" + subject + "' is in read-only mode");
        }
    }

    private static String named(String subject) {
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw new RegistryError(42208, "The specified subject is not valid: it is blank or has control characters");
        }
        return subject;
    }

    private static JsonNode id(int id) {
        return JSON.objectNode().put("id", id);
    }
}
