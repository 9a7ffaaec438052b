package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.OpenWindow.Alarm;
import dev.forebay.processors.digest.OpenWindows.Due;
import dev.forebay.processors.digest.Placing.Arrival;
import dev.forebay.processors.event.Attendance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests into windows by the time at which they were issued, and windows closed by the clock: when they are over,
 * nothing has come for them for their grace, and no backlog of their time is being read. Not for use by several threads.
 */
final class Gathering {
    /** Closed at one look, so that no transaction takes long; the next look follows at once. */
    private static final int MOST_CLOSED = 100;

    private static final long MOST_CHARS = 1L << 20;
    /** Looked at in one go; windows that have to stay open cost little. */
    private static final int MOST_ALARMS = 5_000;

    /** Even where a backlog is being read. */
    private static final Duration LONGEST_HELD = Duration.ofHours(1);

    private static final long RECENT_MILLIS = 10_000;

    private final Map<String, Digest> digests;
    private final OpenWindows windows;
    private final Closings closings;
    private final Attendance attendance = new Attendance();
    private final Progress progress = new Progress();
    /** No alarm is set to an earlier time: a new one is set to the present at the earliest. */
    private long lookedUntil;

    /** @param digests by name */
    Gathering(Map<String, Digest> digests, OpenWindows windows, Closings closings) {
        this.digests = digests;
        this.windows = windows;
        this.closings = closings;
    }

    /** Puts a request into its windows; false where they are closed, so that it is late. */
    boolean take(GroupEvent event, Instant now) {
        long millis = now.toEpochMilli();
        attendance.at(millis);
        Placing placing = new Placing(event, new Placing.Places(windows, closings, attendance), now);
        boolean inTime = placing.as(Arrival.IN_TIME);
        if (inTime) {
            progress.note(event.time(millis), millis);
        } else {
            placing.as(event.digest().timing().late() == Late.NEXT ? Arrival.GATHERED_LATE : Arrival.COUNTED_LATE);
        }
        return inTime;
    }

    /** Closes the windows whose time has come, or some of them where they are many. */
    List<Closed> due(Instant now) {
        long millis = now.toEpochMilli();
        attendance.at(millis);
        if (millis < lookedUntil) {
            // The clock was set back.
            lookedUntil = 0;
        }
        List<Due> alarms = windows.due(lookedUntil, millis, MOST_ALARMS);
        List<Closed> closed = new ArrayList<>();
        long chars = 0;
        for (Due alarm : alarms) {
            lookedUntil = alarm.time();
            if (closed.size() == MOST_CLOSED || chars > MOST_CHARS) {
                return closed;
            }
            OpenWindow window = windows.find(alarm).orElse(null);
            if (window == null || window.alarm().due() != alarm.time()) {
                windows.removeAlarm(alarm);
                continue;
            }
            long due = due(window, millis);
            if (due > millis) {
                windows.removeAlarm(alarm);
                windows.saveWithAlarm(window.dueAt(due), now);
            } else {
                closings.add(window.key(), window.span(), now);
                closed.add(new Closed(window, windows.remove(window)));
                chars += window.tally().chars();
            }
        }
        if (alarms.size() < MOST_ALARMS) {
            lookedUntil = millis;
        }
        return closed;
    }

    private long due(OpenWindow window, long now) {
        Alarm alarm = window.alarm();
        Digest digest = digests.get(window.key().group().digest());
        // None for a digest that is not configured any more.
        Duration grace = digest == null ? Duration.ZERO : digest.timing().grace();
        long due = attendance.due(alarm.until(), alarm.arrived(), grace);
        boolean held = due <= now
                && now - alarm.arrived() < LONGEST_HELD.toMillis()
                && progress.isUpTo(alarm.until(), now, Math.min(grace.toMillis(), RECENT_MILLIS));
        return held ? now + grace.toMillis() : due;
    }
}
