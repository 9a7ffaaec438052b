package dev.forebay.processors.enrich;

import dev.forebay.processors.enrich.Reference.OfTopic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The records of a reference topic, out of its store; the key is the text in UTF-8. */
record TopicLookup(OfTopic reference, ReferenceTable table, ReadOnlyKeyValueStore<byte[], byte[]> store)
        implements Lookup {
    @Override
    public Optional<Map<String, String>> find(String key) {
        return Optional.ofNullable(store.get(key.getBytes(StandardCharsets.UTF_8)))
                .map(row -> table.attributes(reference, row));
    }
}
