package dev.forebay.processors.retrieve;

import java.util.Comparator;
import java.util.List;

/**
 * A passage that was found.
 *
 * @param score the cosine of the angle between its vector and the one that was searched by, -1 to 1
 * @param texts as {@link Passage} has them
 */
public record Hit(String key, double score, List<String> texts) {
    /** The nearest first, and of passages that are equally near the one whose key comes first. */
    static final Comparator<Hit> NEAREST_FIRST =
            Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::key);
}
