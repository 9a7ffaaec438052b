package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.schemas.ReasonCode;

/** Why a JSON value is not a record, with the path to the field; it never leaves this package. */
final class JsonRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReasonCode code;
    private final String path;
    private final String cause;

    private JsonRefusal(ReasonCode code, String path, String cause) {
        super(cause, null, false, false);
        this.code = code;
        this.path = path;
        this.cause = cause;
    }

    static JsonRefusal malformed(String cause) {
        return new JsonRefusal(ReasonCode.MALFORMED, "", cause);
    }

    static JsonRefusal unexpected(String expected, JsonToken found) {
        return malformed("expected " + expected + ", found " + describe(found));
    }

    static JsonRefusal missing(String field) {
        return new JsonRefusal(ReasonCode.FIELD_MISSING, field, "is missing");
    }

    static JsonRefusal notText() {
        return new JsonRefusal(ReasonCode.INVALID_UTF8, "", "has half of a surrogate pair, which is no text");
    }

    /** The same refusal, seen from the value that holds the field or element. */
    JsonRefusal below(String parent) {
        String longer = path.isEmpty() ? parent : path.startsWith("[") ? parent + path : parent + "." + path;
        return new JsonRefusal(code, longer, cause);
    }

    <T> Decoded<T> decoded() {
        return new Decoded.Bad<>(code, path.isEmpty() ? cause : "field '" + path + "': " + cause);
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
