package dev.forebay.processors.digest;

import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.List;

/** Reads the key {@code window} of a digest: {@code tumbling}, {@code hopping} with {@code every}, or {@code session}. */
final class WindowSection {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration LONGEST_GAP = Duration.ofDays(1);
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);
    private static final int MOST_OVERLAPPING = 100;
    private static final Duration EXAMPLE = Duration.ofMinutes(10);
    private static final List<String> KINDS = List.of("tumbling", "hopping", "session");

    private final Section owner;
    private final Section section;

    WindowSection(Section owner) {
        this.owner = owner;
        this.section = owner.section("window");
    }

    WindowRule read() {
        List<String> given = KINDS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            owner.problem(
                    "window",
                    "one of " + String.join(", ", KINDS),
                    "Write for example window: {tumbling: 10 min}, {hopping: 10 min, every: 5 min} or {session: 5 min}.");
        }
        WindowRule rule = given.contains("session") ? session() : given.contains("hopping") ? hopping() : tumbling();
        section.done();
        return rule;
    }

    private WindowRule tumbling() {
        Duration size = section.duration("tumbling", EXAMPLE, SHORTEST, LONGEST);
        return new WindowRule.Fixed(size, size);
    }

    private WindowRule hopping() {
        Duration size = section.duration("hopping", EXAMPLE, SHORTEST, LONGEST);
        if (!section.has("every")) {
            section.requiredString("every", "5 min");
            return new WindowRule.Fixed(size, size);
        }
        Duration every = section.duration("every", size, SHORTEST, size);
        if (size.toMillis() > MOST_OVERLAPPING * every.toMillis()) {
            section.problem(
                    "every",
                    "at least a hundredth of hopping",
                    "Make it longer: each text is kept once for each of the windows that overlap.");
        }
        return new WindowRule.Fixed(size, every);
    }

    private WindowRule session() {
        Duration gap = section.duration("session", EXAMPLE, SHORTEST, LONGEST_GAP);
        Duration fallback = gap.compareTo(LONGEST_SESSION) > 0 ? gap : LONGEST_SESSION;
        return new WindowRule.Session(gap, section.duration("longest", fallback, gap, LONGEST));
    }
}
