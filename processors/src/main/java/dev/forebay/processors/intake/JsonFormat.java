package dev.forebay.processors.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that is one JSON value; fields are named by JSON pointer (RFC 6901). Depth is bounded, keys are unique. */
final class JsonFormat implements EventFormat {
    static final int MAX_DEPTH = 64;
    private static final ObjectReader READER = reader();

    private final JsonPointer text;
    private final @Nullable JsonPointer id;
    private final Map<String, JsonPointer> attributes = new LinkedHashMap<>();

    JsonFormat(Source.Fields fields) {
        this.text = JsonPointer.compile(fields.text());
        this.id = fields.id() == null ? null : JsonPointer.compile(fields.id());
        fields.attributes().forEach((name, pointer) -> attributes.put(name, JsonPointer.compile(pointer)));
    }

    @Override
    public Decoded<Extract> read(byte[] value) {
        return Utf8.decode(value)
                .fold(good -> parse(good.value()), bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    private Decoded<Extract> parse(String json) {
        try {
            JsonNode root = READER.readTree(json);
            if (root.isMissingNode()) {
                return malformed("it holds only white space");
            }
            return whole(extract(root));
        } catch (JsonProcessingException e) {
            return malformed(describe(e));
        }
    }

    /** The text is not looked at here: that half a pair is no text is decided for all formats alike. */
    private static Decoded<Extract> whole(Extract extract) {
        String id = extract.id();
        boolean carried = (id == null || Utf8.canEncode(id))
                && extract.attributes().values().stream().allMatch(Utf8::canEncode);
        return carried
                ? new Decoded.Good<>(extract)
                : new Decoded.Bad<>(
                        ReasonCode.INVALID_UTF8,
                        "The id or an attribute has half a surrogate pair, which UTF-8 cannot hold. Correct the escape in"
                                + " the event.");
    }

    private Extract extract(JsonNode root) {
        Map<String, String> found = new LinkedHashMap<>();
        attributes.forEach((name, pointer) -> {
            String attribute = printed(root.at(pointer));
            if (attribute != null) {
                found.put(name, attribute);
            }
        });
        JsonNode idNode = id == null ? null : root.at(id);
        return new Extract(
                textOf(root.at(text)), idNode == null || idNode.isContainerNode() ? null : printed(idNode), found);
    }

    private Decoded<String> textOf(JsonNode node) {
        if (node.isMissingNode()) {
            return missing("is not in the event");
        }
        if (!node.isTextual()) {
            return missing(
                    "is " + node.getNodeType().name().toLowerCase(Locale.ROOT) + ", and the text has to be a string");
        }
        return new Decoded.Good<>(node.textValue());
    }

    private Decoded<String> missing(String problem) {
        return new Decoded.Bad<>(
                ReasonCode.FIELD_MISSING,
                "The field '" + text + "' " + problem + ". Correct the event, or the source's key text.");
    }

    /** Strings as they are, numbers and booleans as JSON prints them, objects and arrays as compact JSON. */
    private static @Nullable String printed(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    private static Decoded<Extract> malformed(String problem) {
        return new Decoded.Bad<>(ReasonCode.MALFORMED, "The value is not one JSON value: " + problem + ".");
    }

    /** Says what and where without Jackson's own message, which quotes the payload. */
    private static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof StreamConstraintsException) {
            return "it is nested deeper than " + MAX_DEPTH + " levels, or has a number or name too long to read";
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
