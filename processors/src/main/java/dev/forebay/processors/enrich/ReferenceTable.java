package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.format.EventFormat;
import dev.forebay.processors.format.Place;
import dev.forebay.processors.format.Utf8;
import dev.forebay.processors.format.Value;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a reference topic: the texts at the places that any of its entries asks for, taken out when a record comes
 * and not when it is looked up.
 */
final class ReferenceTable {
    private final String topic;
    private final EventFormat format;
    private final List<Place> columns;

    private ReferenceTable(String topic, EventFormat format, List<Place> columns) {
        this.topic = topic;
        this.format = format;
        this.columns = columns;
    }

    /** @param references to one topic, in one format; at least one */
    static ReferenceTable of(List<OfTopic> references, Codecs codecs) {
        OfTopic first = references.get(0);
        List<Place> columns = references.stream()
                .flatMap(reference -> reference.places().values().stream())
                .distinct()
                .toList();
        return new ReferenceTable(first.topic(), first.format().reader(codecs), columns);
    }

    String topic() {
        return topic;
    }

    /**
     * The row of a record.
     *
     * @param value at least one byte
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where the schema cannot be looked up
     */
    Decoded<byte[]> row(byte[] value) {
        return format.parse(value).fold(good -> row(good.value()), bad -> new Decoded.Bad<>(bad.code(), bad.message()));
    }

    private Decoded<byte[]> row(Value value) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Place column : columns) {
            String text = Place.texts(Map.of("", column), value).get("");
            if (text != null && !Utf8.canEncode(text)) {
                return new Decoded.Bad<>(
                        ReasonCode.INVALID_UTF8,
                        "The field '" + column.written() + "' has half a surrogate pair, which UTF-8 cannot hold.");
            }
            texts.add(text);
        }
        return new Decoded.Good<>(Row.encode(texts));
    }

    /** The attributes that a row has for one of the table's references. */
    Map<String, String> attributes(OfTopic reference, byte[] row) {
        List<@Nullable String> texts = Row.decode(row);
        Map<String, String> attributes = new LinkedHashMap<>();
        reference.places().forEach((name, place) -> {
            String text = texts.get(columns.indexOf(place));
            if (text != null) {
                attributes.put(name, text);
            }
        });
        return attributes;
    }
}
