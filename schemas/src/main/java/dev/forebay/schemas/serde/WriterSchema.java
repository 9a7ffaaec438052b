package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** A generated class's schema as others see it: without the hints to Java that code generation leaves in it. */
final class WriterSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> JAVA_HINTS = List.of("avro.java.string");

    private WriterSchema() {}

    static Schema of(Schema generated) {
        try {
            JsonNode json = JSON.readTree(generated.toString());
            strip(json);
            return new SchemaParser().parse(JSON.writeValueAsString(json)).mainSchema();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a schema: " + generated.getFullName(), e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_HINTS);
        }
        node.forEach(WriterSchema::strip);
    }
}
