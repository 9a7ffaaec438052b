package dev.forebay.processors.completion;

import dev.forebay.processors.completion.OpenEvent.Progress;
import dev.forebay.processors.event.Alarms.Alarm;
import dev.forebay.processors.event.Attendance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Notes how the requests of an event end, and gives the event when all have, or when its time is over by the clock; again
 * and whole where a request has ended otherwise since. Not for use by several threads.
 */
final class Completing {
    private static final int MOST_TOLD = 100;
    /** What ended in a pause is still to be read, so an event's time is not over before. */
    private static final Duration AFTER_PAUSE = Duration.ofMinutes(1);

    private final Duration within;
    private final Duration corrected;
    private final Duration afterPause;
    private final OpenEvents events;
    private final Attendance attendance = new Attendance();

    /**
     * @param within how long an event may take
     * @param corrected how long it is known after it was told of last
     */
    Completing(Duration within, Duration corrected, OpenEvents events) {
        this.within = within;
        this.corrected = corrected;
        this.afterPause = within.compareTo(AFTER_PAUSE) < 0 ? within : AFTER_PAUSE;
        this.events = events;
    }

    /**
     * An event to tell of.
     *
     * @param ends of those of its requests of which something is known
     */
    record Told(OpenEvent event, Map<PartKey, End> ends) {}

    /** Whether it was of use: some parts of an event that is not known are none of which the others could be told. */
    boolean take(EventKey key, TakenApart taken, Instant now) {
        long millis = now.toEpochMilli();
        attendance.at(millis);
        OpenEvent known = events.find(key).orElse(null);
        if (known != null && known.isAlike(taken)) {
            again(known, taken, now);
            return true;
        }
        if (!taken.isWhole()) {
            return false;
        }
        if (known != null) {
            // Another event under the same id.
            events.remove(known);
        }
        OpenEvent event = OpenEvent.of(key, taken, millis + within.toMillis());
        events.saveDue(event, event.progress().deadline(), now);
        return true;
    }

    /** A part that was one request becomes one for each task; none goes back from that. */
    private void again(OpenEvent known, TakenApart taken, Instant now) {
        SortedSet<Integer> undivided = new TreeSet<>(known.undivided());
        int open = known.progress().open();
        for (int part : taken.taken()) {
            if (!taken.undivided().contains(part) && undivided.remove(part)) {
                PartKey whole = new PartKey(part, "");
                open += known.tasks().size()
                        - (events.end(known.key(), whole).filter(End::isFinal).isPresent() ? 0 : 1);
                events.remove(known.key(), whole);
            }
        }
        boolean divided = undivided.size() < known.undivided().size();
        OpenEvent event = known.with(undivided).with(known.progress().again().open(open));
        if (divided) {
            changed(event, now);
        } else {
            events.save(event, now);
        }
    }

    /** Whether it was news. */
    boolean take(EventKey key, PartKey request, End end, Instant now) {
        attendance.at(now.toEpochMilli());
        OpenEvent event = events.find(key)
                .filter(known -> known.has(request))
                .filter(known -> !end.isOfDuplicate() || known.progress().takings() == 1)
                .orElse(null);
        if (event == null) {
            return false;
        }
        End former = events.end(key, request).orElse(null);
        if (former != null && !end.replaces(former)) {
            return false;
        }
        events.put(key, request, end, now);
        boolean wasOpen = former == null || !former.isFinal();
        int open = event.progress().open() - (wasOpen ? 1 : 0) + (end.isFinal() ? 0 : 1);
        changed(event.with(event.progress().open(open)), now);
        return true;
    }

    private void changed(OpenEvent event, Instant now) {
        Progress progress = event.progress();
        long millis = now.toEpochMilli();
        long deadline = progress.told() ? millis + within.toMillis() : progress.deadline();
        long due = progress.open() == 0 ? millis : deadline;
        OpenEvent untold = event.with(progress.untold(deadline));
        if (due == progress.due()) {
            events.save(untold, now);
        } else {
            events.saveDue(untold, due, now);
        }
    }

    /** The events that are to be told of, or some of them where they are many. */
    List<Told> due(Instant now) {
        attendance.at(now.toEpochMilli());
        List<Told> told = new ArrayList<>();
        events.ring(now, () -> told.size() == MOST_TOLD, alarm -> events.find(alarm)
                .filter(event -> event.progress().due() == alarm.time())
                .ifPresent(event -> look(event, alarm, now, told)));
        return told;
    }

    private void look(OpenEvent event, Alarm alarm, Instant now, List<Told> told) {
        if (event.progress().told()) {
            events.remove(event);
            return;
        }
        long due = event.progress().open() == 0 ? alarm.time() : deadline(event);
        if (due > now.toEpochMilli()) {
            events.saveDue(event, due, now);
            return;
        }
        long forgetAt = now.plus(corrected).toEpochMilli();
        events.saveDue(event.with(event.progress().tell()), forgetAt, now);
        told.add(new Told(event, events.ends(event.key())));
    }

    private long deadline(OpenEvent event) {
        return attendance.due(event.progress().deadline() - afterPause.toMillis(), 0, afterPause);
    }
}
