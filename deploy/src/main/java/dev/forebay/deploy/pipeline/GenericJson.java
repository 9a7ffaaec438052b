package dev.forebay.deploy.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.schemas.serde.UnionTag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Any Avro value as JSON for people: bytes that are UTF-8 as that text, others as {@code base64:...}. */
public final class GenericJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GenericJson() {}

    public static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof IndexedRecord record) {
            return fields(record, NODES.objectNode());
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, entry) -> object.set(String.valueOf(key), of(entry)));
            return object;
        }
        if (value instanceof Collection<?> values) {
            ArrayNode array = NODES.arrayNode();
            values.forEach(entry -> array.add(of(entry)));
            return array;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return ofBytes(copy);
        }
        return ofScalar(value);
    }

    static JsonNode ofBytes(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return NODES.textNode(text);
        } catch (CharacterCodingException e) {
            return NODES.textNode("base64:" + Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** One of several records says which it is, as in the JSON format of our topics. */
    private static JsonNode ofField(Schema schema, @Nullable Object value) {
        if (value instanceof IndexedRecord record && UnionTag.isNeeded(schema)) {
            return fields(record, NODES.objectNode().put(UnionTag.FIELD, UnionTag.of(record.getSchema())));
        }
        return of(value);
    }

    private static ObjectNode fields(IndexedRecord record, ObjectNode object) {
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), ofField(field.schema(), record.get(field.pos())));
        }
        return object;
    }

    private static JsonNode ofScalar(Object value) {
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Float number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof GenericFixed fixed) {
            return ofBytes(fixed.bytes());
        }
        return NODES.textNode(value.toString());
    }
}
