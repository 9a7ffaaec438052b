package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.WorkerConfig.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The checkers that a run has to satisfy: all twelve, with the bounds of its case and its mode. */
final class Promises {
    private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(45);
    private static final long HEAP_BYTES = 128L << 20;
    private static final double RESIDENT_BYTES_PER_SECOND = 4 << 20;

    private Promises() {}

    static List<Checker> of(FaultCase fault, Delivery delivery, Evidence evidence) {
        boolean once = delivery.name().equals("EXACTLY_ONCE");
        boolean queue = delivery.name().equals("QUEUE");
        Set<Ending> givenUp =
                queue && fault.givesUp() ? Set.of(Ending.dead(ReasonCode.DELIVERIES_EXHAUSTED)) : Set.of();
        boolean ordered = !queue && (once || fault.ordered());
        long faults =
                evidence.history().stream().filter(line -> line.is("fault")).count();
        List<Checker> checkers = new ArrayList<>(List.of(
                new Conservation(),
                new Uniqueness(once ? 0 : (long) fault.redone() * FaultRun.UNCOMMITTED, givenUp),
                new Content(givenUp),
                new CommitSafety(),
                new NoAbortedRead(),
                new Destination(),
                new DeadLetterBytes(),
                // Both inlets have the bound, and each reads one poll beyond it.
                new MemoryBounds(HEAP_BYTES, 4 * FaultRun.IN_FLIGHT_BYTES, RESIDENT_BYTES_PER_SECOND),
                new Liveness(RECOVERS_WITHIN),
                new NoSecrets(List.of(FaultRun.SECRET)),
                new NoLeaks()));
        if (ordered) {
            checkers.add(new KeyOrder(once || fault.redone() == 0 ? 0 : faults));
        }
        return checkers;
    }
}
