package dev.forebay.schemas.serde;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** From the schema of a generated class to the shape of its JSON. */
final class JsonShapes {
    private final SpecificData model;

    JsonShapes(SpecificData model) {
        this.model = model;
    }

    JsonRecord record(Schema schema) {
        List<JsonRecord.Member> members = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            members.add(new JsonRecord.Member(field, of(field.schema())));
        }
        return new JsonRecord(schema, model, members);
    }

    private JsonShape of(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> JsonScalar.TEXT;
            case INT -> JsonScalar.INT;
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? JsonScalar.MOMENT : JsonScalar.LONG;
            case FLOAT -> JsonScalar.FLOAT;
            case DOUBLE -> JsonScalar.DOUBLE;
            case BOOLEAN -> JsonScalar.BOOLEAN;
            case BYTES -> JsonScalar.BYTES;
            case ENUM -> JsonScalar.symbol(schema, model);
            case ARRAY -> new JsonArray(of(schema.getElementType()));
            case MAP -> new JsonMap(of(schema.getValueType()));
            case RECORD -> record(schema);
            case UNION -> union(schema);
            case FIXED, NULL -> throw new IllegalArgumentException("no record of ours has a " + schema.getType());
        };
    }

    private JsonShape union(Schema schema) {
        List<Schema> branches = new ArrayList<>(schema.getTypes());
        boolean nullable = branches.removeIf(branch -> branch.getType() == Schema.Type.NULL);
        JsonShape present = branches.size() == 1 ? of(branches.get(0)) : tagged(branches);
        return nullable ? new JsonNullable(present) : present;
    }

    private JsonShape tagged(List<Schema> branches) {
        Map<String, JsonRecord> records = new LinkedHashMap<>();
        for (Schema branch : branches) {
            records.put(UnionTag.of(branch), record(branch));
        }
        return new JsonTagged(records);
    }
}
