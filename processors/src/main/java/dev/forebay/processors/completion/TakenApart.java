package dev.forebay.processors.completion;

import dev.forebay.processors.event.Event.Position;
import java.util.List;
import java.util.SortedSet;

/**
 * That an event was taken apart into requests.
 *
 * @param at where it was read
 * @param parts how many elements its array has
 * @param tasks that each part is for; empty where each is one request
 * @param taken the numbers of the parts that were taken: all, or, where an event is sent again for some of them, these
 * @param undivided those of them that were refused before they were a request for each task
 */
public record TakenApart(
        Position at, int parts, List<String> tasks, SortedSet<Integer> taken, SortedSet<Integer> undivided) {
    /** The most parts of an event. */
    public static final int MOST_PARTS = 100_000;

    /** More tasks than anybody has for one text. */
    static final int MOST_TASKS = 1_000;

    boolean isWhole() {
        return taken.size() == parts;
    }
}
