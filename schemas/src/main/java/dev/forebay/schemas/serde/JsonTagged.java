package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One of several records; the field {@code type} names which, wherever it stands in the object. */
record JsonTagged(Map<String, JsonRecord> records) implements JsonShape {
    @Override
    public Object read(JsonParser json) throws IOException, JsonRefusal {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonRefusal.unexpected("an object", json.currentToken());
        }
        try (TokenBuffer buffer = new TokenBuffer(json)) {
            buffer.copyCurrentStructure(json);
            String tag = tag(buffer);
            JsonRecord record = records.get(tag);
            if (record == null) {
                throw JsonRefusal.malformed("expected one of " + String.join(", ", records.keySet()))
                        .below(UnionTag.FIELD);
            }
            try (JsonParser again = buffer.asParser()) {
                again.nextToken();
                return record.read(again, Set.of(UnionTag.FIELD));
            }
        }
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        IndexedRecord written = (IndexedRecord) Objects.requireNonNull(value);
        for (Map.Entry<String, JsonRecord> each : records.entrySet()) {
            if (each.getValue()
                    .schema()
                    .getFullName()
                    .equals(written.getSchema().getFullName())) {
                json.writeStartObject();
                json.writeStringField(UnionTag.FIELD, each.getKey());
                each.getValue().writeMembers(written, json);
                json.writeEndObject();
                return;
            }
        }
        throw new IllegalArgumentException(
                "not one of " + records.keySet() + ": " + written.getSchema().getFullName());
    }

    private static String tag(TokenBuffer buffer) throws IOException, JsonRefusal {
        String tag = null;
        try (JsonParser json = buffer.asParser()) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                boolean here = UnionTag.FIELD.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (here && tag != null) {
                    throw JsonRefusal.malformed("is there twice").below(UnionTag.FIELD);
                }
                if (here && value != JsonToken.VALUE_STRING) {
                    throw JsonRefusal.unexpected("a text", value).below(UnionTag.FIELD);
                }
                tag = here ? json.getText() : tag;
                json.skipChildren();
            }
        }
        if (tag == null) {
            throw JsonRefusal.missing(UnionTag.FIELD);
        }
        return tag;
    }
}
