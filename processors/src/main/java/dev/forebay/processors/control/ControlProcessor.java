package dev.forebay.processors.control;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The operator {@code control}: puts the changes of the control topic in force, in their order. */
final class ControlProcessor implements Processor<byte[], byte[], Void, Void> {
    private final LivePolicy<?> policy;
    private @Nullable ProcessorContext<Void, Void> context;

    ControlProcessor(LivePolicy<?> policy) {
        this.policy = policy;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = Objects.requireNonNull(context, "process before init")
                .recordMetadata()
                .orElseThrow();
        if (record.key() == null) {
            // Streams passes over those when it reads the topic at the start.
            policy.refuse(at.offset(), "It has no key; any will do.");
        } else if (at.partition() != 0) {
            policy.refuse(
                    at.offset(),
                    "It is in partition " + at.partition() + "; changes have an order in partition 0 only.");
        } else {
            policy.change(at.offset(), record.value());
        }
    }
}
