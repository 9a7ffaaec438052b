package dev.forebay.worker.consume;

/**
 * What was read and has no acknowledged terminal record, as the poll thread last saw it.
 *
 * @param distance the most records of a partition that are tracked from its first unfinished one
 */
public record InFlight(int records, long bytes, int distance) {
    public static final InFlight NOTHING = new InFlight(0, 0, 0);

    /** Of two consumers together. */
    public InFlight with(InFlight other) {
        return new InFlight(records + other.records, bytes + other.bytes, Math.max(distance, other.distance));
    }
}
