package dev.forebay.processors.stream;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** An operator of a topology that turns every record into those that its stage makes of it, each for a sink. */
public final class HopProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final Function<ProcessorContext<byte[], byte[]>, Stop> stops;
    private final InstantSource clock;
    private final Refusals refusals;
    private @Nullable Stop stop;
    private @Nullable ProcessorContext<byte[], byte[]> context;

    private HopProcessor(
            Function<ProcessorContext<byte[], byte[]>, Stop> stops, InstantSource clock, Refusals refusals) {
        this.stops = stops;
        this.clock = clock;
        this.refusals = refusals;
    }

    public static HopProcessor of(Stop stop, InstantSource clock, Refusals refusals) {
        return new HopProcessor(context -> stop, clock, refusals);
    }

    /** @param stops makes the stop of one partition, over the stores that the operator is connected to */
    public static HopProcessor withStores(
            Function<ProcessorContext<byte[], byte[]>, Stop> stops, InstantSource clock, Refusals refusals) {
        return new HopProcessor(stops, clock, refusals);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.stop = stops.apply(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], byte[]> out = Objects.requireNonNull(context, "process before init");
        Hop hop = Hop.of(record, out.recordMetadata().orElseThrow(), clock.instant(), refusals);
        int index = 0;
        for (Departure departure :
                Objects.requireNonNull(stop, "process before init").pass(hop)) {
            refusals.departed(departure.record().value(), hop.event().position(), index++, Thread.currentThread());
            out.forward(departure.record(), departure.sink());
        }
    }

    /** What a stage does with a record. Where it has no store, it is shared by the threads of a topology. */
    public interface Stop {
        /**
         * Must not throw for anything that is in the record.
         *
         * @return at least one record, so that no event ends without a trace, unless another stage answers for it
         * @throws dev.forebay.schemas.registry.RegistryUnavailableException where no registry answers; the record is
         *     then read again
         * @throws dev.forebay.processors.enrich.ReferenceUnavailableException where reference data are waited for; the
         *     record is then read again
         */
        List<Departure> pass(Hop hop);
    }

    /** A record with the name of the sink that it goes to. */
    public record Departure(Record<byte[], byte[]> record, String sink) {}
}
