package dev.forebay.processors.intake;

import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** A dotted path through the records and maps of a generic Avro value, such as {@code message.body}. */
record AvroPath(List<String> names) {
    static AvroPath of(String path) {
        return new AvroPath(List.of(path.split("\\.", -1)));
    }

    /** False for a path with an empty name in it. */
    static boolean isLegal(String path) {
        return of(path).names().stream().noneMatch(String::isBlank);
    }

    /** What stands there; null where it is null, absent, or the way leads through something else. */
    @Nullable Object in(GenericRecord event) {
        Object value = event;
        for (String name : names) {
            if (value instanceof GenericRecord record) {
                value = record.hasField(name) ? record.get(name) : null;
            } else if (value instanceof Map<?, ?> map) {
                // A generic reader makes Utf8 keys, unless the writer's schema asks for String.
                value = map.containsKey(name) ? map.get(name) : map.get(new Utf8(name));
            } else {
                return null;
            }
        }
        return value;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
