package dev.forebay.worker;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.InFlight;
import dev.forebay.worker.consume.PollLoop;
import java.util.List;
import java.util.function.Consumer;

/**
 * How one topic is read.
 *
 * @param readers each with a poll thread of its own
 * @param done takes back the claims of records that need nothing more; any thread
 */
record Reading(List<Reader> readers, Consumer<Done> done) {
    /**
     * A consumer with its loop.
     *
     * @param role which of the worker's consumers it is
     * @param consumer closed when the loop has come to its end
     */
    record Reader(String role, PollLoop loop, AutoCloseable consumer) {}

    InFlight inFlight() {
        return readers.stream().map(reader -> reader.loop.inFlight()).reduce(InFlight.NOTHING, InFlight::with);
    }
}
