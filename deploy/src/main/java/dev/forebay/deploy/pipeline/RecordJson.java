package dev.forebay.deploy.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The parts of any record as JSON: Avro in the wire format, JSON, else text, else Base64. */
public final class RecordJson {
    private static final JsonMapper JSON = new JsonMapper();

    private final Codecs codecs;

    public RecordJson(Codecs codecs) {
        this.codecs = codecs;
    }

    public JsonNode value(byte @Nullable [] bytes) {
        if (bytes == null) {
            return JSON.nullNode();
        }
        if (bytes.length > 5 && bytes[0] == 0) {
            return codecs.generic(bytes).fold(good -> GenericJson.of(good.value()), bad -> GenericJson.ofBytes(bytes));
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            try {
                return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            } catch (JsonProcessingException e) {
                return GenericJson.ofBytes(bytes);
            }
        }
        return GenericJson.ofBytes(bytes);
    }

    /** An object with the last value of each name. */
    public ObjectNode headers(Headers headers) {
        ObjectNode object = JSON.createObjectNode();
        for (Header header : headers) {
            object.set(header.key(), value(header.value()));
        }
        return object;
    }
}
