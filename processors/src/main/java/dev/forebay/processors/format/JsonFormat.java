package dev.forebay.processors.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;

/** An event that is one JSON value. Depth is bounded, keys are unique. */
public final class JsonFormat implements EventFormat {
    static final int MAX_DEPTH = 64;
    /** An empty array is two bytes to send and over fifty to keep. */
    static final int MAX_TOKENS = 1_000_000;

    private static final ObjectReader READER = reader();

    @Override
    public Decoded<Value> parse(byte[] value) {
        return Utf8.decode(value)
                .fold(good -> parse(good.value()), bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    @Override
    public Decoded<Value> parseWithin(Value json) {
        return new Decoded.Good<>(json);
    }

    private static Decoded<Value> parse(String json) {
        try {
            JsonNode root = READER.readTree(json);
            return root.isMissingNode()
                    ? malformed("it holds only white space")
                    : new Decoded.Good<>(new JsonValue(root));
        } catch (JsonProcessingException e) {
            return malformed(describe(e));
        }
    }

    private static Decoded<Value> malformed(String problem) {
        return new Decoded.Bad<>(ReasonCode.MALFORMED, "The value is not one JSON value: " + problem + ".");
    }

    /** Says what and where without Jackson's own message, which quotes the payload. */
    private static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return "it is nested deeper than " + MAX_DEPTH + " levels, has a number or name too long to read, or over "
                    + MAX_TOKENS + " values, names and brackets";
        }
        if (e instanceof JsonEOFException) {
            return "it ends too early" + where;
        }
        if (e instanceof MismatchedInputException) {
            return "more follows after its end" + where;
        }
        boolean duplicate = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
        return (duplicate ? "an object has the same key twice" : "unexpected character") + where;
    }

    private static ObjectReader reader() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(1_000)
                .maxNumberLength(1_000)
                .maxTokenCount(MAX_TOKENS)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .reader();
    }
}
