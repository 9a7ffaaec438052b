package dev.forebay.deploy.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** C10: all requests that were taken have a terminal within a time after the last heal, or after their own send. */
record Liveness(Duration within) implements Checker {
    @Override
    public List<String> violations(Evidence evidence) {
        long healed = evidence.history().stream()
                .filter(line -> line.is("heal"))
                .mapToLong(Operation::nanos)
                .reduce(Long.MIN_VALUE, Math::max);
        Map<String, Long> ended = evidence.history().stream()
                .filter(line -> line.is("terminal"))
                .collect(Collectors.toMap(Operation::requestId, Operation::nanos, Math::min));
        return evidence.history().stream()
                .filter(line -> line.is("send") && line.status() == Operation.Status.OK)
                .filter(line -> !inTime(ended.get(line.requestId()), Math.max(line.nanos(), healed)))
                .map(line -> "late: " + line.requestId() + " had not ended " + within + " after the heal")
                .toList();
    }

    private boolean inTime(@Nullable Long ended, long from) {
        return ended != null && ended - from <= within.toNanos();
    }
}
