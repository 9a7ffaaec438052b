package dev.forebay.processors.count;

import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.Hop;
import dev.forebay.processors.stream.HopProcessor.Departure;
import dev.forebay.processors.stream.TimedProcessor.Due;
import dev.forebay.processors.stream.TimedProcessor.Refused;
import dev.forebay.processors.stream.TimedProcessor.TimedStop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator {@code total}: counts, and a window that is over into the records for its readers. */
final class TotalStop implements TimedStop {
    private static final Logger log = LoggerFactory.getLogger(TotalStop.class);

    private final Counting counting;
    private final String sink;

    TotalStop(Counting counting, String sink) {
        this.counting = counting;
        this.sink = sink;
    }

    @Override
    public void take(Hop hop) {
        Optional<CountEvent> event = CountJson.event(hop.event().value());
        if (event.isPresent()) {
            counting.take(event.get(), hop.now());
        } else {
            log.warn("count_event_ignored from={}", hop.event().position());
        }
    }

    @Override
    public List<Due> due(Instant now, Refused refused) {
        List<Due> due = new ArrayList<>();
        for (CountWindow window : counting.due(now)) {
            for (CountRecords.Entry entry : CountRecords.of(window)) {
                due.add(new Due(
                        new Position(entry.key(), 0, window.start()),
                        new Departure(new Record<>(entry.keyBytes(), entry.value(), now.toEpochMilli()), sink)));
            }
        }
        return due;
    }
}
