package dev.forebay.processors.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A part of a JSON value. */
record JsonValue(JsonNode node) implements Value {
    private static Value of(@Nullable JsonNode node) {
        return node == null ? ABSENT : new JsonValue(node);
    }

    @Override
    public Kind kind() {
        return switch (node.getNodeType()) {
            case NULL -> Kind.NULL;
            case STRING -> Kind.TEXT;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case BINARY -> Kind.BYTES;
            case OBJECT, POJO -> Kind.OBJECT;
            case ARRAY -> Kind.ARRAY;
            case MISSING -> Kind.ABSENT;
        };
    }

    @Override
    public Value child(String name) {
        return of(node.isArray() ? node.get(index(name)) : node.get(name));
    }

    @Override
    public int size() {
        return node.isArray() ? node.size() : 0;
    }

    @Override
    public Value element(int index) {
        return of(node.get(index));
    }

    @Override
    public String printed() {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    /** As RFC 6901 has it, without leading zeros; -1 for what is none. */
    private static int index(String name) {
        boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean legal =
                digits && !name.isEmpty() && name.length() <= 9 && (name.length() == 1 || name.charAt(0) != '0');
        return legal ? Integer.parseInt(name) : -1;
    }
}
