package dev.forebay.processors.completion;

import dev.forebay.processors.event.Event.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An event that was taken apart, of which all requests are known, though not how they ended.
 *
 * @param at where it was read first
 * @param parts how many elements its array has
 * @param tasks that each part is for; empty where each is one request
 * @param undivided the parts that were refused before they were a request for each task
 */
record OpenEvent(
        EventKey key, Position at, int parts, List<String> tasks, SortedSet<Integer> undivided, Progress progress) {

    /**
     * @param takings how often it was taken apart, with those for some of its parts
     * @param open how many requests have not ended
     * @param deadline when it is told of as it is; in milliseconds since 1970, as all times here
     * @param due when to look at it
     * @param told whether it has been told of as it is
     */
    record Progress(int takings, int open, long deadline, long due, boolean told) {
        Progress again() {
            return new Progress(takings + 1, open, deadline, due, told);
        }

        Progress open(int other) {
            return new Progress(takings, other, deadline, due, told);
        }

        Progress due(long other) {
            return new Progress(takings, open, deadline, other, told);
        }

        Progress untold(long newDeadline) {
            return new Progress(takings, open, newDeadline, due, false);
        }

        Progress tell() {
            return new Progress(takings, open, deadline, due, true);
        }
    }

    /** A new one, which none of its requests has ended. */
    static OpenEvent of(EventKey key, TakenApart taken, long deadline) {
        OpenEvent event = new OpenEvent(
                key,
                taken.at(),
                taken.parts(),
                taken.tasks(),
                new TreeSet<>(taken.undivided()),
                new Progress(1, 0, deadline, deadline, false));
        return event.with(event.progress.open(event.requests()));
    }

    boolean isAlike(TakenApart taken) {
        return parts == taken.parts() && tasks.equals(taken.tasks());
    }

    boolean has(PartKey request) {
        return request.part() >= 1
                && request.part() <= parts
                && requests(request.part()).contains(request);
    }

    /** The requests of a part. */
    List<PartKey> requests(int part) {
        return tasks.isEmpty() || undivided.contains(part)
                ? List.of(new PartKey(part, ""))
                : tasks.stream().map(task -> new PartKey(part, task)).toList();
    }

    /** How many requests it has. */
    int requests() {
        return tasks.isEmpty() ? parts : undivided.size() + (parts - undivided.size()) * tasks.size();
    }

    /** All requests, in order. */
    List<PartKey> all() {
        List<PartKey> all = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            all.addAll(requests(part));
        }
        return all;
    }

    OpenEvent with(Progress other) {
        return new OpenEvent(key, at, parts, tasks, undivided, other);
    }

    OpenEvent with(SortedSet<Integer> stillUndivided) {
        return new OpenEvent(key, at, parts, tasks, stillUndivided, progress);
    }
}
