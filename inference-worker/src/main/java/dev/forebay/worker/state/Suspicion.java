package dev.forebay.worker.state;

/** How far a record is suspected of crashing the engine. */
public enum Suspicion {
    /** It was in the engine in at most one crash: it runs like any other. */
    NONE,
    /** In two: it runs by itself, with nothing else on the device, and nothing of it is shared. */
    STRONG,
    /** In a third, and so by itself: it is not run again. */
    PROVEN;

    static Suspicion after(int crashes) {
        return crashes < 2 ? NONE : crashes == 2 ? STRONG : PROVEN;
    }
}
