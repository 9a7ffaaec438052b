package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A value or null. */
record JsonNullable(JsonShape present) implements JsonShape {
    @Override
    public @Nullable Object read(JsonParser json) throws IOException, JsonRefusal {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : present.read(json);
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else {
            present.write(value, json);
        }
    }
}
