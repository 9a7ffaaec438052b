package dev.forebay.processors.stream;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.HopProcessor.Departure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * An operator of a topology that keeps what records bring and lets records go by the clock, ten times a second: no time
 * of a record moves it, and none has to come for it to go on.
 */
public final class TimedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Function<ProcessorContext<byte[], byte[]>, TimedStop> stops;
    private final InstantSource clock;
    private final Refusals refusals;
    private @Nullable TimedStop stop;
    private @Nullable ProcessorContext<byte[], byte[]> context;

    /** @param stops makes the stop of one partition, over the stores that the operator is connected to */
    public TimedProcessor(
            Function<ProcessorContext<byte[], byte[]>, TimedStop> stops, InstantSource clock, Refusals refusals) {
        this.stops = stops;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.stop = stops.apply(context);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], byte[]> in = Objects.requireNonNull(context, "process before init");
        Hop hop = Hop.of(record, in.recordMetadata().orElseThrow(), clock.instant(), refusals);
        Objects.requireNonNull(stop, "process before init").take(hop);
    }

    private void tick() {
        ProcessorContext<byte[], byte[]> out = Objects.requireNonNull(context, "tick before init");
        for (Due due : Objects.requireNonNull(stop, "tick before init").due(clock.instant(), refusals::refuses)) {
            Departure departure = due.departure();
            refusals.departed(departure.record().value(), due.madeOf(), 0, Thread.currentThread());
            out.forward(departure.record(), departure.sink());
        }
    }

    /** What a stage keeps and lets go. It has a store, so that it belongs to one partition. */
    public interface TimedStop {
        /**
         * Must not throw for anything that is in the record.
         *
         * @throws dev.forebay.schemas.registry.RegistryUnavailableException where no registry answers; the record is
         *     then read again
         */
        void take(Hop hop);

        /**
         * What is to go now. Where a record is too large for its topic, the store is as before and this is asked again:
         * then the record has to be smaller.
         */
        List<Due> due(Instant now, Refused refused);
    }

    /** What is known of records that were too large. */
    public interface Refused {
        /** Whether the topic has refused a value that was no larger. */
        boolean asTooLarge(String topic, int bytes);
    }

    /** @param madeOf the name of what the record was made of, always the same; it stands for an event */
    public record Due(Position madeOf, Departure departure) {}
}
