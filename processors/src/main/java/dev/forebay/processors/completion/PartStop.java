package dev.forebay.processors.completion;

import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.HopProcessor.Stop;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.serde.Codec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operator {@code part}: the rejection or dead letter of a part goes to who waits for its event. What is marked with no
 * event is left alone, and not even decoded.
 */
final class PartStop implements Stop {
    private final Map<String, Reader> readers;
    private final PartEvents partEvents;
    private final String sink;

    /** Finds in a value which request ended, and how; empty where none did. */
    interface Reader extends Function<byte @Nullable [], Optional<Found>> {}

    record Found(String requestId, End end) {}

    /** @param readers by topic */
    PartStop(Map<String, Reader> readers, PartEvents partEvents, String sink) {
        this.readers = readers;
        this.partEvents = partEvents;
        this.sink = sink;
    }

    static Reader rejections(Codec<Rejection> codec) {
        return value -> codec.decode(value)
                .fold(
                        good -> Optional.of(new Found(good.value().getRequestId(), End.of(good.value()))),
                        bad -> Optional.empty());
    }

    /** @param decisions the topic of what people decide: what is wrong with a decision ends no request */
    static Reader letters(Codec<DeadLetter> codec, String decisions) {
        return value -> codec.decode(value)
                .fold(
                        good -> Optional.of(good.value())
                                .filter(letter -> letter.getRequestId() != null
                                        && !letter.getTopic().equals(decisions))
                                .map(letter -> new Found(letter.getRequestId(), End.of(letter))),
                        bad -> Optional.empty());
    }

    @Override
    public List<Departure> pass(Hop hop) {
        // One that is too large for the topic between would hold up its partition.
        if (hop.carried(Headers.EVENT).isEmpty() || hop.refusal().isPresent()) {
            return List.of();
        }
        return Optional.ofNullable(readers.get(hop.event().position().topic()))
                .flatMap(reader -> reader.apply(hop.event().value()))
                .flatMap(found -> partEvents.ended(hop, found.requestId(), found.end(), sink))
                .map(List::of)
                .orElse(List.of());
    }
}
