package dev.forebay.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schema texts in request bodies and in the store. */
final class AvroText {
    private static final int INVALID = 42201;

    private AvroText() {}

    /** The schema in a request's body. */
    static Schema in(JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equalsIgnoreCase("AVRO")) {
            throw new RegistryError(INVALID, "Only AVRO schemas are kept here, not " + type + ".");
        }
        if (!body.path("references").isEmpty()) {
            throw new RegistryError(INVALID, "Schemas with references are not kept here; write one that is complete.");
        }
        JsonNode text = body.path("schema");
        if (!text.isTextual() || text.asText().isBlank()) {
            throw new RegistryError(INVALID, "Empty schema: the body has no text in its field 'schema'.");
        }
        return parse(text.asText());
    }

    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException | StackOverflowError e) {
            throw new RegistryError(INVALID, "Invalid Avro schema: " + e.getMessage());
        }
    }
}
