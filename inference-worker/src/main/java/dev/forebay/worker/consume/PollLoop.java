package dev.forebay.worker.consume;

import java.time.Duration;

/** What a poll thread turns, until it stops. Poll thread only, where nothing else is said. */
public interface PollLoop {
    /** One turn; waits no longer than that for records. */
    void turn(Duration pollTimeout);

    /** True while there is nothing to poll for until something in flight is done. */
    boolean waitsForRoom();

    /** Reads nothing more from now on; turns go on with what is in flight. */
    void stopReading();

    /** True when everything that was read is done, and the broker knows it. */
    boolean idle();

    /** Tells the broker what is done, and waits for it. */
    void commitNow();

    /** As it was at the end of the last turn; for any thread. */
    InFlight inFlight();
}
