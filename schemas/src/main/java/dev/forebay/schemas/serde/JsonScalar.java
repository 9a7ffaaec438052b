package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** A value of one token. */
record JsonScalar(String expected, Set<JsonToken> tokens, Reader reader, Writer writer) implements JsonShape {
    static final JsonScalar TEXT =
            text("a text", json -> wellFormed(json.getText()), (v, json) -> json.writeString(v.toString()));
    static final JsonScalar MOMENT = text(
            "a moment such as 2026-01-31T08:30:00Z",
            json -> moment(json.getText()),
            (v, json) -> json.writeString(
                    ((Instant) v).truncatedTo(ChronoUnit.MILLIS).toString()));
    static final JsonScalar BYTES = text(
            "bytes in base64",
            json -> ByteBuffer.wrap(Base64.getDecoder().decode(json.getText())),
            (v, json) -> json.writeString(base64((ByteBuffer) v)));
    static final JsonScalar INT = whole("a whole number of 32 bits", JsonParser::getIntValue);
    static final JsonScalar LONG = whole("a whole number of 64 bits", JsonParser::getLongValue);
    static final JsonScalar FLOAT = number(json -> finite(json.getFloatValue()));
    static final JsonScalar DOUBLE = number(json -> finite(json.getDoubleValue()));
    static final JsonScalar BOOLEAN = new JsonScalar(
            "true or false",
            EnumSet.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE),
            JsonParser::getBooleanValue,
            (v, json) -> json.writeBoolean((Boolean) v));

    /** Takes the value from the current token; an IllegalArgumentException or DateTimeException says that it has none. */
    interface Reader {
        Object read(JsonParser json) throws IOException, JsonRefusal;
    }

    /** Writes one token. */
    interface Writer {
        void write(Object value, JsonGenerator json) throws IOException;
    }

    static JsonScalar symbol(Schema schema, SpecificData model) {
        return text(
                "one of " + String.join(", ", schema.getEnumSymbols()),
                json -> {
                    String symbol = json.getText();
                    if (!schema.hasEnumSymbol(symbol)) {
                        throw new IllegalArgumentException("no such symbol");
                    }
                    return model.createEnum(symbol, schema);
                },
                (v, json) -> json.writeString(v.toString()));
    }

    @Override
    public Object read(JsonParser json) throws IOException, JsonRefusal {
        if (!tokens.contains(json.currentToken())) {
            throw JsonRefusal.unexpected(expected, json.currentToken());
        }
        try {
            return reader.read(json);
        } catch (InputCoercionException | IllegalArgumentException | DateTimeException e) {
            // the cause quotes the value, so it is not passed on
            throw JsonRefusal.malformed("expected " + expected);
        }
    }

    @Override
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        writer.write(Objects.requireNonNull(value), json);
    }

    /** The text itself; refused where it has half of a surrogate pair, because no encoding could carry it on. */
    static String wellFormed(String text) throws JsonRefusal {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            // a code point is a surrogate only where its other half is missing
            if (Character.isSurrogate(text.charAt(i)) && Character.charCount(text.codePointAt(i)) == 1) {
                throw JsonRefusal.notText();
            }
        }
        return text;
    }

    private static JsonScalar text(String expected, Reader reader, Writer writer) {
        return new JsonScalar(expected, EnumSet.of(JsonToken.VALUE_STRING), reader, writer);
    }

    private static JsonScalar whole(String expected, Reader reader) {
        return new JsonScalar(
                expected,
                EnumSet.of(JsonToken.VALUE_NUMBER_INT),
                reader,
                (v, json) -> json.writeNumber(((Number) v).longValue()));
    }

    private static JsonScalar number(Reader reader) {
        return new JsonScalar(
                "a finite number",
                EnumSet.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT),
                reader,
                JsonScalar::writeFinite);
    }

    private static void writeFinite(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Float number) {
            json.writeNumber(finite(number));
        } else {
            json.writeNumber(finite(((Number) value).doubleValue()));
        }
    }

    private static float finite(float number) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no such number");
        }
        return number;
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no such number");
        }
        return number;
    }

    private static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
