package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.schemas.config.Nearest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** An object with the fields of one record. Unknown fields are refused: a misspelt one would else be lost in silence. */
final class JsonRecord implements JsonShape {
    /** Keeps a message short where the sender's field name is not. */
    private static final int MAX_NAME_SHOWN = 64;

    /** A field with the shape of its value. */
    record Member(Schema.Field field, JsonShape shape) {}

    private final Schema schema;
    private final SpecificData model;
    private final Map<String, Member> members = new LinkedHashMap<>();

    JsonRecord(Schema schema, SpecificData model, List<Member> members) {
        this.schema = schema;
        this.model = model;
        members.forEach(member -> this.members.put(member.field().name(), member));
    }

    Schema schema() {
        return schema;
    }

    @Override
    public Object read(JsonParser json) throws IOException, JsonRefusal {
        return read(json, Set.of());
    }

    /** As {@link #read(JsonParser)}, passing over fields that somebody else has read. */
    Object read(JsonParser json, Set<String> ignored) throws IOException, JsonRefusal {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonRefusal.unexpected("an object", json.currentToken());
        }
        IndexedRecord record = (IndexedRecord) model.newRecord(null, schema);
        boolean[] seen = new boolean[members.size()];
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            Member member = members.get(name);
            json.nextToken();
            if (member != null) {
                put(record, member, json, seen);
            } else if (ignored.contains(name)) {
                json.skipChildren();
            } else {
                throw unknown(name);
            }
        }
        fillIn(record, seen);
        return record;
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeMembers((IndexedRecord) Objects.requireNonNull(value), json);
        json.writeEndObject();
    }

    void writeMembers(IndexedRecord record, JsonGenerator json) throws IOException {
        for (Member member : members.values()) {
            json.writeFieldName(member.field().name());
            member.shape().write(record.get(member.field().pos()), json);
        }
    }

    private static void put(IndexedRecord record, Member member, JsonParser json, boolean[] seen)
            throws IOException, JsonRefusal {
        int position = member.field().pos();
        try {
            if (seen[position]) {
                throw JsonRefusal.malformed("is there twice");
            }
            seen[position] = true;
            record.put(position, member.shape().read(json));
        } catch (JsonRefusal e) {
            throw e.below(member.field().name());
        }
    }

    private void fillIn(IndexedRecord record, boolean[] seen) throws JsonRefusal {
        for (Member member : members.values()) {
            Schema.Field field = member.field();
            if (seen[field.pos()]) {
                continue;
            }
            if (!field.hasDefaultValue()) {
                throw JsonRefusal.missing(field.name());
            }
            // a copy: a default map or list is shared by all records else
            record.put(field.pos(), model.deepCopy(field.schema(), model.getDefaultValue(field)));
        }
    }

    private JsonRefusal unknown(String name) {
        String shown = name.length() > MAX_NAME_SHOWN ? name.substring(0, MAX_NAME_SHOWN) + "..." : name;
        String help = Nearest.to(shown, members.keySet())
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElse("the fields are " + String.join(", ", members.keySet()));
        return JsonRefusal.malformed("unknown field '" + shown.replaceAll("\\p{Cntrl}", "?") + "'; " + help);
    }
}
