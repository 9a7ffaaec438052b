package dev.forebay.processors.intake;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Decoded;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** An event in anyone's Avro; fields are named by dotted path through records and maps, {@code message.body}. */
final class AvroFormat implements EventFormat {
    private final Function<byte[], Decoded<GenericRecord>> decoder;
    private final AvroPath text;
    private final @Nullable AvroPath id;
    private final Map<String, AvroPath> attributes = new LinkedHashMap<>();

    AvroFormat(Source.Fields fields, Function<byte[], Decoded<GenericRecord>> decoder) {
        this.decoder = decoder;
        this.text = AvroPath.of(fields.text());
        this.id = fields.id() == null ? null : AvroPath.of(fields.id());
        fields.attributes().forEach((name, path) -> attributes.put(name, AvroPath.of(path)));
    }

    @Override
    public Decoded<Extract> read(byte[] value) {
        return decoder.apply(value)
                .fold(
                        good -> new Decoded.Good<>(extract(good.value())),
                        bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    private Extract extract(GenericRecord event) {
        Map<String, String> found = new LinkedHashMap<>();
        attributes.forEach((name, path) -> {
            String attribute = printed(path.in(event));
            if (attribute != null) {
                found.put(name, attribute);
            }
        });
        return new Extract(textOf(text.in(event)), id == null ? null : printed(id.in(event)), found);
    }

    private Decoded<String> textOf(@Nullable Object value) {
        if (value instanceof CharSequence string) {
            return new Decoded.Good<>(string.toString());
        }
        String problem = value == null ? "is null or not in the event" : "is not a string";
        return new Decoded.Bad<>(
                ReasonCode.FIELD_MISSING,
                "The field '" + text + "' " + problem + ". Correct the event, or the source's key text.");
    }

    /** Anything as Avro prints it; null for what has no text form. */
    private static @Nullable String printed(@Nullable Object value) {
        return value == null || value instanceof ByteBuffer || value instanceof GenericFixed ? null : value.toString();
    }
}
