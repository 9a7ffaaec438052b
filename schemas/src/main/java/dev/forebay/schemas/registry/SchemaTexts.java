package dev.forebay.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** From a registry's answer to the schema in it, with the schemas that it refers to fetched first. */
final class SchemaTexts {
    private static final int MAX_REFERENCES = 256;

    private final RegistryHttp http;

    SchemaTexts(RegistryHttp http) {
        this.http = http;
    }

    /** Empty where the answer holds no Avro schema: Protobuf, JSON Schema, or Avro that cannot be parsed. */
    Optional<Schema> parse(JsonNode answer) {
        // lenient: what the registry accepted once is on the topic, and only has to be read
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        try {
            return parse(answer, parser, new HashSet<>());
        } catch (AvroRuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private Optional<Schema> parse(JsonNode answer, Schema.Parser parser, Set<String> fetched) {
        if (!answer.path("schemaType").asText("AVRO").equals("AVRO")
                || !answer.path("schema").isTextual()) {
            return Optional.empty();
        }
        for (JsonNode reference : answer.path("references")) {
            String path = "/subjects/"
                    + HttpSchemaRegistry.segment(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (fetched.size() < MAX_REFERENCES && fetched.add(path)) {
                parse(http.get(path), parser, fetched);
            }
        }
        return Optional.of(parser.parse(answer.path("schema").asText()));
    }
}
