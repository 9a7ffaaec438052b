package dev.forebay.processors.format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** A part of a generic Avro datum; the names below it are the fields of a record and the keys of a map. */
record AvroValue(Object datum) implements Value {
    private static final Value NULL = () -> Kind.NULL;

    private static Value of(@Nullable Object datum) {
        return datum == null ? NULL : new AvroValue(datum);
    }

    @Override
    public Kind kind() {
        if (datum instanceof GenericRecord || datum instanceof Map) {
            return Kind.OBJECT;
        }
        if (datum instanceof List) {
            return Kind.ARRAY;
        }
        if (datum instanceof ByteBuffer || datum instanceof GenericFixed) {
            return Kind.BYTES;
        }
        if (datum instanceof Number) {
            return Kind.NUMBER;
        }
        // Texts and the symbols of enums are what is left.
        return datum instanceof Boolean ? Kind.BOOLEAN : Kind.TEXT;
    }

    @Override
    public Value child(String name) {
        if (datum instanceof GenericRecord fields) {
            return fields.hasField(name) ? of(fields.get(name)) : ABSENT;
        }
        if (datum instanceof Map<?, ?> map) {
            // A generic reader makes Utf8 keys, unless the writer's schema asks for String.
            Object key = map.containsKey(name) ? name : new Utf8(name);
            return map.containsKey(key) ? of(map.get(key)) : ABSENT;
        }
        return ABSENT;
    }

    @Override
    public int size() {
        return datum instanceof List<?> list ? list.size() : 0;
    }

    @Override
    public Value element(int index) {
        return datum instanceof List<?> list ? of(list.get(index)) : ABSENT;
    }

    @Override
    public String printed() {
        return datum.toString();
    }
}
