package dev.forebay.processors.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.forebay.processors.event.Sha256;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are gathered together. As a record's key it is a JSON array, {@code ["complaints","default","DE"]}.
 *
 * @param digest the name of one
 * @param value what they have in common; null where it is the tenant alone
 */
record Group(String digest, String tenant, @Nullable String value) {
    private static final JsonMapper JSON = new JsonMapper();

    byte[] key() {
        ArrayNode key = JSON.createArrayNode().add(digest).add(tenant);
        if (value != null) {
            key.add(value);
        }
        try {
            return JSON.writeValueAsBytes(key);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts can be written", e);
        }
    }

    /** Empty where the bytes are no key of a group. */
    static Optional<Group> read(byte @Nullable [] key) {
        try {
            JsonNode node = JSON.readTree(key == null ? new byte[0] : key);
            boolean fits = node.isArray() && (node.size() == 2 || node.size() == 3);
            for (JsonNode element : node) {
                fits &= element.isTextual();
            }
            return fits
                    ? Optional.of(new Group(
                            node.get(0).textValue(),
                            node.get(1).textValue(),
                            node.size() == 3 ? node.get(2).textValue() : null))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As digests name it, {@code complaints/DE}. */
    String path() {
        return value == null ? digest : digest + "/" + value;
    }

    /** The same number of bytes for names of any length. */
    byte[] hash() {
        return Sha256.of(key());
    }
}
