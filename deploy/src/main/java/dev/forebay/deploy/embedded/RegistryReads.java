package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;

/** The calls that change nothing. */
final class RegistryReads {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DELETED = "deleted";
    private static final Map<Setting, String> DEFAULTS =
            Map.of(Setting.CONFIG, CompatibilityLevel.BACKWARD.name(), Setting.MODE, "READWRITE");
    private static final Map<Setting, Integer> NOT_SET = Map.of(Setting.CONFIG, 40408, Setting.MODE, 40409);

    private final SchemaStore store;

    RegistryReads(SchemaStore store) {
        this.store = store;
    }

    JsonNode subjects(RegistryRequest request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        return array(
                store.subjects(request.flag(DELETED)).stream()
                        .filter(subject -> subject.startsWith(prefix))
                        .toList(),
                TextNode::valueOf);
    }

    JsonNode allSchemas(RegistryRequest request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        List<StoredSchema> found = new ArrayList<>();
        for (String subject : store.subjects(request.flag(DELETED))) {
            List<StoredSchema> versions = store.versions(subject, request.flag(DELETED));
            if (subject.startsWith(prefix)) {
                found.addAll(
                        request.flag("latestOnly") ? versions.subList(versions.size() - 1, versions.size()) : versions);
            }
        }
        return array(found, RegistryReads::described);
    }

    JsonNode versions(RegistryRequest request) {
        return array(existing(request), stored -> IntNode.valueOf(stored.version()));
    }

    JsonNode version(RegistryRequest request) {
        return described(oneVersion(request));
    }

    JsonNode versionText(RegistryRequest request) {
        return TextNode.valueOf(oneVersion(request).schema());
    }

    JsonNode lookUp(RegistryRequest request) {
        String text = AvroText.in(request.body()).toString();
        List<StoredSchema> versions = new ArrayList<>(existing(request));
        Collections.reverse(versions);
        return versions.stream()
                .filter(stored -> stored.schema().equals(text))
                .findFirst()
                .map(RegistryReads::described)
                .orElseThrow(RegistryError::schemaNotFound);
    }

    JsonNode byId(RegistryRequest request) {
        return JSON.objectNode().put("schema", text(request));
    }

    JsonNode textById(RegistryRequest request) {
        return TextNode.valueOf(text(request));
    }

    JsonNode subjectsOfId(RegistryRequest request) {
        return array(usesOfId(request), stored -> TextNode.valueOf(stored.subject()));
    }

    JsonNode versionsOfId(RegistryRequest request) {
        return array(
                usesOfId(request),
                stored -> JSON.objectNode().put("subject", stored.subject()).put("version", stored.version()));
    }

    JsonNode setting(Setting setting, RegistryRequest request) {
        if (request.parameters().isEmpty()) {
            return named(setting, ofAll(setting));
        }
        String subject = request.subject();
        return store.setting(setting, subject)
                .or(() -> Optional.of(ofAll(setting)).filter(value -> request.flag("defaultToGlobal")))
                .map(value -> named(setting, value))
                .orElseThrow(() -> new RegistryError(
                        NOT_SET.getOrDefault(setting, 40408),
                        "Subject '" + subject + "' does not have subject-level "
                                + (setting == Setting.CONFIG ? "compatibility" : "mode") + " configured"));
    }

    /** Checks against one version. */
    JsonNode compatibleWithVersion(RegistryRequest request) {
        return compatible(request, List.of(oneVersion(request)));
    }

    /** Checks against as many versions as the subject's level says. */
    JsonNode compatibleWithSubject(RegistryRequest request) {
        List<StoredSchema> newestFirst = new ArrayList<>(store.versions(request.subject(), false));
        Collections.reverse(newestFirst);
        return compatible(request, newestFirst);
    }

    /** The setting that holds for a subject: its own, that for all, or the default. */
    String effective(Setting setting, String subject) {
        return store.setting(setting, subject).orElseGet(() -> ofAll(setting));
    }

    static ObjectNode described(StoredSchema stored) {
        return JSON.objectNode()
                .put("subject", stored.subject())
                .put("version", stored.version())
                .put("id", stored.id())
                .put("schema", stored.schema());
    }

    static ObjectNode named(Setting setting, String value) {
        return JSON.objectNode().put(setting.field(), value);
    }

    static <T> ArrayNode array(List<T> values, Function<T, JsonNode> toJson) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    private JsonNode compatible(RegistryRequest request, List<StoredSchema> newestFirst) {
        Schema candidate = AvroText.in(request.body());
        List<String> problems = CompatibilityLevel.valueOf(effective(Setting.CONFIG, request.subject()))
                .problems(
                        candidate,
                        newestFirst.stream()
                                .map(stored -> AvroText.parse(stored.schema()))
                                .toList());
        ObjectNode answer = JSON.objectNode().put("is_compatible", problems.isEmpty());
        if (request.flag("verbose")) {
            answer.set("messages", array(problems, TextNode::valueOf));
        }
        return answer;
    }

    private String ofAll(Setting setting) {
        return store.setting(setting, null).orElseGet(() -> DEFAULTS.getOrDefault(setting, ""));
    }

    private List<StoredSchema> existing(RegistryRequest request) {
        List<StoredSchema> versions = store.versions(request.subject(), request.flag(DELETED));
        if (versions.isEmpty()) {
            throw RegistryError.subjectNotFound(request.subject());
        }
        return versions;
    }

    private StoredSchema oneVersion(RegistryRequest request) {
        return request.version(request.parameters().get(1), store.versions(request.subject(), request.flag(DELETED)));
    }

    private List<StoredSchema> usesOfId(RegistryRequest request) {
        text(request);
        return store.withId(id(request), request.flag(DELETED));
    }

    private String text(RegistryRequest request) {
        return store.schema(id(request)).orElseThrow(RegistryError::schemaNotFound);
    }

    private static int id(RegistryRequest request) {
        try {
            return Integer.parseInt(request.parameters().get(0));
        } catch (NumberFormatException e) {
            throw new RegistryError(404, "HTTP 404 Not Found: a schema's id is a number");
        }
    }
}
