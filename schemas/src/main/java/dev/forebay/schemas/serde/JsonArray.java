package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An array of one shape. */
record JsonArray(JsonShape element) implements JsonShape {
    @Override
    public Object read(JsonParser json) throws IOException, JsonRefusal {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw JsonRefusal.unexpected("an array", json.currentToken());
        }
        List<@Nullable Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            try {
                values.add(element.read(json));
            } catch (JsonRefusal e) {
                throw e.below("[" + values.size() + "]");
            }
        }
        return values;
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Object each : (List<?>) Objects.requireNonNull(value)) {
            element.write(each, json);
        }
        json.writeEndArray();
    }
}
