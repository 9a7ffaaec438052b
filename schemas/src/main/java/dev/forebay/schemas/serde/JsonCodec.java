package dev.forebay.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.forebay.schemas.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of one generated class as one flat JSON object each, without Avro's wrappers around union branches. */
final class JsonCodec<T extends SpecificRecord> implements Codec<T> {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_DIGITS = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(Bounds.MAX_BYTES)
                    .maxDocumentLength(Bounds.MAX_BYTES)
                    .maxNameLength(1 << 10)
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final Class<T> type;
    private final JsonRecord shape;

    JsonCodec(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        this.type = type;
        this.shape = new JsonShapes(model).record(model.getSchema(type));
    }

    @Override
    public byte[] encode(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            shape.write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Decoded<T> decode(byte @Nullable [] bytes) {
        Optional<Decoded.Bad<T>> bounds = Bounds.refusal(bytes);
        if (bytes == null || bounds.isPresent()) {
            return bounds.orElseThrow();
        }
        Optional<Integer> invalid = Utf8Text.firstInvalid(bytes);
        if (invalid.isPresent()) {
            return new Decoded.Bad<>(
                    ReasonCode.INVALID_UTF8, "the value is not UTF-8 from byte " + invalid.get() + " on");
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            return decode(json);
        } catch (JsonRefusal e) {
            return e.decoded();
        } catch (StreamConstraintsException e) {
            return bad("JSON beyond the limits: depth " + MAX_DEPTH + ", " + MAX_DIGITS + " digits per number");
        } catch (JsonProcessingException e) {
            // the message quotes the payload; the location does not
            return bad("not JSON" + at(e.getLocation()));
        } catch (IOException | RuntimeException e) {
            return bad("not JSON");
        }
    }

    private Decoded<T> decode(JsonParser json) throws IOException, JsonRefusal {
        if (json.nextToken() == null) {
            throw JsonRefusal.malformed("the value is empty; expected a JSON object");
        }
        T value = type.cast(shape.read(json));
        if (json.nextToken() != null) {
            throw JsonRefusal.malformed("more follows after the JSON object" + at(json.currentTokenLocation()));
        }
        return new Decoded.Good<>(value);
    }

    private static <T> Decoded<T> bad(String message) {
        return new Decoded.Bad<>(ReasonCode.MALFORMED, message);
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + " column " + location.getColumnNr();
    }
}
