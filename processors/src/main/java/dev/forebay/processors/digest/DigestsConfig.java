package dev.forebay.processors.digest;

import dev.forebay.processors.completion.Completions;
import dev.forebay.processors.count.Aggregates;
import dev.forebay.schemas.config.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code digests} section: which requests are gathered into digests, what is counted, and what is told of
 * events that were taken apart.
 *
 * @param aggregates empty where nothing is counted
 * @param completions empty where nobody waits for whole events
 */
public record DigestsConfig(List<Digest> windows, Optional<Aggregates> aggregates, Optional<Completions> completions) {
    /**
     * Reads the section and notes what is wrong with it; the result is usable only where nothing was.
     *
     * @param taken the topics that hold other records than counts
     */
    public static DigestsConfig read(Section digests, Collection<String> taken, Set<String> taskNames) {
        List<Digest> windows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : digests.sections("windows")) {
            Digest digest = new DigestSection(section, taskNames).read();
            if (!digest.name().isEmpty() && !names.add(digest.name())) {
                section.problem("name", "a name of its own", "Another digest has this name; rename one of them.");
            }
            windows.add(digest);
        }
        Optional<Aggregates> aggregates = Aggregates.read(digests.section("aggregates"), taken, taskNames);
        Optional<Completions> completions = Completions.read(digests.section("completions"));
        digests.done();
        return new DigestsConfig(List.copyOf(windows), aggregates, completions);
    }

    /** Whether there is anything to gather. */
    public boolean gathers() {
        return !windows.isEmpty();
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return windows.isEmpty() && aggregates.isEmpty() && completions.isEmpty();
    }
}
