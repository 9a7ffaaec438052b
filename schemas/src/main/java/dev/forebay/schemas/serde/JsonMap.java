package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object with free keys. Refusals name no key, because keys are the sender's data. */
record JsonMap(JsonShape element) implements JsonShape {
    @Override
    public Object read(JsonParser json) throws IOException, JsonRefusal {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonRefusal.unexpected("an object", json.currentToken());
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = JsonScalar.wellFormed(json.currentName());
            if (values.containsKey(key)) {
                throw JsonRefusal.malformed("has the same key twice");
            }
            json.nextToken();
            values.put(key, element.read(json));
        }
        return values;
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> each : ((Map<?, ?>) Objects.requireNonNull(value)).entrySet()) {
            json.writeFieldName(String.valueOf(each.getKey()));
            element.write(each.getValue(), json);
        }
        json.writeEndObject();
    }
}
