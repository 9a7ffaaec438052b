package dev.forebay.processors.enrich;

import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the store of one reference topic: the last row of each key. A record that cannot be read takes away what its key had,
 * and is logged; it never stops the stream.
 */
final class ReferenceProcessor implements Processor<byte[], byte[], Void, Void> {
    private final ReferenceTable table;
    private final String storeName;
    private final UnreadableRecords unreadable;
    private @Nullable KeyValueStore<byte[], byte[]> store;
    private @Nullable ProcessorContext<Void, Void> context;

    ReferenceProcessor(ReferenceTable table, String storeName) {
        this.table = table;
        this.storeName = storeName;
        this.unreadable = new UnreadableRecords(table.topic());
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
        unreadable.note(Objects.requireNonNull(context, "process before init"), why);
    }
}
