package dev.forebay.worker.consume;

/** A terminal record that goes out in the transaction that also commits its input. */
public interface UnsentTerminal {
    /** What it counts against the bound on bytes in flight. */
    int bytes();
}
