package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.embedded.RegistryChange.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes as keys and values of the {@code _schemas} topic, in the layout that Confluent's registry and Karapace use. */
final class RegistryLayout {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryLayout() {}

    static byte[] key(RegistryChange change) {
        ObjectNode key = JSON.createObjectNode();
        if (change instanceof RegistryChange.Stored stored) {
            return schemaKey(key, stored.schema().subject(), stored.schema().version());
        }
        if (change instanceof RegistryChange.Removed removed) {
            return schemaKey(key, removed.subject(), removed.version());
        }
        if (change instanceof RegistryChange.Set set) {
            return bytes(key.put("keytype", set.setting().name())
                    .put("subject", set.subject())
                    .put("magic", 0));
        }
        throw new IllegalArgumentException("never written: " + change);
    }

    /** Null for what is removed: a tombstone. */
    static byte @Nullable [] value(RegistryChange change) {
        ObjectNode value = JSON.createObjectNode();
        if (change instanceof RegistryChange.Stored stored) {
            value.setAll(RegistryReads.described(stored.schema()));
            return bytes(value.put("deleted", stored.schema().deleted()));
        }
        if (change instanceof RegistryChange.Set set && set.value() != null) {
            return bytes(value.put(set.setting().field(), set.value()));
        }
        return null;
    }

    /** Empty for records that this registry has no use for. */
    static Optional<RegistryChange> change(byte @Nullable [] keyBytes, byte @Nullable [] valueBytes) {
        try {
            JsonNode key = keyBytes == null ? JSON.missingNode() : JSON.readTree(keyBytes);
            JsonNode value = valueBytes == null ? JSON.missingNode() : JSON.readTree(valueBytes);
            JsonNode subject = key.path("subject");
            return switch (key.path("keytype").asText()) {
                case "SCHEMA" -> schema(key, value);
                case "CONFIG" -> Optional.of(set(Setting.CONFIG, subject, value));
                case "MODE" -> Optional.of(set(Setting.MODE, subject, value));
                case "DELETE_SUBJECT" ->
                    value.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new RegistryChange.SubjectDeleted(
                                    subject.asText(), value.path("version").asInt()));
                default -> Optional.empty();
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the topic is not JSON", e);
        }
    }

    private static Optional<RegistryChange> schema(JsonNode key, JsonNode value) {
        String subject = key.path("subject").asText();
        int version = key.path("version").asInt();
        if (value.isMissingNode()) {
            return Optional.of(new RegistryChange.Removed(subject, version));
        }
        if (!value.path("schemaType").asText("AVRO").equals("AVRO")) {
            return Optional.empty();
        }
        return Optional.of(new RegistryChange.Stored(new StoredSchema(
                subject,
                version,
                value.path("id").asInt(),
                value.path("schema").asText(),
                value.path("deleted").asBoolean(false))));
    }

    private static RegistryChange set(Setting setting, JsonNode subject, JsonNode value) {
        JsonNode text = value.path(setting.field());
        return new RegistryChange.Set(
                setting, subject.isTextual() ? subject.asText() : null, text.isTextual() ? text.asText() : null);
    }

    private static byte[] schemaKey(ObjectNode key, String subject, int version) {
        return bytes(key.put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", 1));
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
