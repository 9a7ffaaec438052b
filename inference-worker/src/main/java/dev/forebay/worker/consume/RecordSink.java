package dev.forebay.worker.consume;

/** Takes records over from the poll thread; must not block. */
@FunctionalInterface
public interface RecordSink {
    void accept(InputRecord record, Ticket ticket);
}
