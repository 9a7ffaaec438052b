package dev.forebay.processors.enrich;

import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store of one reference topic: the last row of each key. A record that cannot be read takes away what its key had,
 * and is logged; it never stops the stream.
 */
final class ReferenceProcessor implements Processor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceProcessor.class);
    /** More would say nothing new: a topic in another format has as many as it has records. */
    private static final int MOST_LOGGED = 100;

    private final ReferenceTable table;
    private final String storeName;
    private @Nullable KeyValueStore<byte[], byte[]> store;
    private @Nullable ProcessorContext<Void, Void> context;
    private int logged;

    ReferenceProcessor(ReferenceTable table, String storeName) {
        this.table = table;
        this.storeName = storeName;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
        this.store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null) {
            noteUnreadable("it has no key");
            return;
        }
        byte[] value = record.value();
        Optional<byte[]> row = value == null ? Optional.empty() : row(value);
        KeyValueStore<byte[], byte[]> rows = Objects.requireNonNull(store, "process before init");
        row.ifPresentOrElse(present -> rows.put(key, present), () -> rows.delete(key));
    }

    private Optional<byte[]> row(byte[] value) {
        if (value.length == 0) {
            noteUnreadable("its value has no bytes");
            return Optional.empty();
        }
        return table.row(value).fold(good -> Optional.of(good.value()), bad -> {
            noteUnreadable(bad.code().code() + ": " + bad.message());
            return Optional.empty();
        });
    }

    private void noteUnreadable(String why) {
        if (logged < MOST_LOGGED) {
            logged++;
            String position = Objects.requireNonNull(context, "process before init")
                    .recordMetadata()
                    .map(at -> "partition=" + at.partition() + " offset=" + at.offset())
                    .orElse("");
            LOG.warn(
                    "reference_unreadable topic={} {} counts as absent: {}{}",
                    table.topic(),
                    position,
                    why,
                    logged == MOST_LOGGED ? " Further ones are not logged." : "");
        }
    }
}
