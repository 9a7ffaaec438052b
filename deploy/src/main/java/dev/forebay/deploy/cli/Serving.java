package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.pipeline.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps parts running until a signal comes or one of them fails. */
final class Serving {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Console console;
    private final Stop stop;

    Serving(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    /** What keeps the first part that is kept from its work; empty where all do theirs. */
    Optional<String> obstacle(List<? extends Part> parts) {
        if (stop.requested()) {
            return Optional.of("stopping");
        }
        return parts.stream()
                .flatMap(part ->
                        part.failure().map(failure -> "the " + part.name() + " stopped").or(part::obstacle).stream())
                .findFirst();
    }

    /** Closes the parts in the given order, whatever happens. */
    int untilStopped(List<? extends Part> parts) {
        int code = Failures.DONE;
        try {
            while (!stop.await(LOOK_EVERY)) {
                for (Part part : parts) {
                    Optional<Throwable> failure = part.failure();
                    if (failure.isPresent()) {
                        throw FailedException.of("The " + part.name() + " stopped", failure.get());
                    }
                }
            }
            console.say("forebay: stopping.");
        } catch (FailedException e) {
            console.say("forebay: " + e.getMessage());
            code = Failures.FAILED;
        } finally {
            parts.forEach(Part::close);
        }
        return code;
    }
}
