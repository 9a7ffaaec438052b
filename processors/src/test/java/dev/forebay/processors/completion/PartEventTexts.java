package dev.forebay.processors.completion;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;

/** Reads, for tests of what writes them, the records of {@code topics.part-events}. */
public final class PartEventTexts {
    private PartEventTexts() {}

    /** The ids of the requests that an event was taken apart into, as it is told. */
    public static Set<String> requests(TestRecord<byte[], byte[]> told) {
        EventKey key = EventKey.read(told.key()).orElseThrow();
        PartEvent event = PartJson.read(told.value()).orElseThrow();
        TakenApart apart = ((PartEvent.Taken) event).apart();
        return OpenEvent.of(key, apart, 0).all().stream()
                .filter(request -> apart.taken().contains(request.part()))
                .map(request -> request.requestId(key.eventId()))
                .collect(Collectors.toSet());
    }

    /** The id of the request that has ended, as it is told. */
    public static String ended(TestRecord<byte[], byte[]> told) {
        EventKey key = EventKey.read(told.key()).orElseThrow();
        PartEvent event = PartJson.read(told.value()).orElseThrow();
        return ((PartEvent.Ended) event).request().requestId(key.eventId());
    }
}
