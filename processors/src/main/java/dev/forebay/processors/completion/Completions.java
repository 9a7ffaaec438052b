package dev.forebay.processors.completion;

import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code digests.completions}: whether events that were taken apart are told of.
 *
 * @param within how long an event may take before it is told of as it is
 * @param corrected how long it is known after it was told of last
 */
public record Completions(Duration within, Duration corrected) {
    private static final Duration WITHIN = Duration.ofDays(1);
    private static final Duration CORRECTED = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Reads the section and notes what is wrong with it; empty where it is absent. */
    public static Optional<Completions> read(Section section) {
        if (section.keys().isEmpty()) {
            return Optional.empty();
        }
        if (!section.has("within")) {
            section.requiredString("within", "1 d");
        }
        Duration within = section.duration("within", WITHIN, SHORTEST, LONGEST);
        Duration corrected = section.duration("corrected", CORRECTED, SHORTEST, LONGEST);
        section.done();
        return Optional.of(new Completions(within, corrected));
    }
}
