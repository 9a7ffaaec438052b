package dev.forebay.processors.count;

import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The operator {@code count}: what is to be counted of a record, under the key of what it is counted with. It reads beside
 * others, who answer for what cannot be read.
 */
final class CountStop implements Stop {
    private final Map<String, Reader> readers;
    private final String sink;

    /** Finds what is counted in a value; empty where nothing is. */
    interface Reader extends Function<byte @Nullable [], Optional<CountEvent>> {}

    /** @param readers by topic */
    CountStop(Map<String, Reader> readers, String sink) {
        this.readers = readers;
        this.sink = sink;
    }

    @Override
    public List<Departure> pass(Hop hop) {
        return Optional.ofNullable(readers.get(hop.event().position().topic()))
                .flatMap(reader -> reader.apply(hop.event().value()))
                .map(event -> List.of(new Departure(
                        new Record<>(
                                CountJson.key(event.subject()),
                                CountJson.event(event),
                                hop.now().toEpochMilli()),
                        sink)))
                .orElse(List.of());
    }
}
