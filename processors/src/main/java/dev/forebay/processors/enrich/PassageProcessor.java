package dev.forebay.processors.enrich;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the passages of one topic: the last of each key. A record that cannot be read takes away what its key had, and is
 * logged; it never stops the stream.
 */
final class PassageProcessor implements Processor<byte[], byte[], Void, Void> {
    private final PassageTable table;
    private final UnreadableRecords unreadable;
    private @Nullable ProcessorContext<Void, Void> context;

    PassageProcessor(PassageTable table) {
        this.table = table;
        this.unreadable = new UnreadableRecords(table.topic());
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        table.keep(record.key(), record.value())
                .ifPresent(why -> unreadable.note(Objects.requireNonNull(context, "process before init"), why));
    }
}
