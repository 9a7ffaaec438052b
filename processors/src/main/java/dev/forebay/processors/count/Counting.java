package dev.forebay.processors.count;

import dev.forebay.processors.count.CountWindow.Counts;
import dev.forebay.processors.count.CountWindow.State;
import dev.forebay.processors.event.Attendance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts by the time of what is counted, and gives the counts of a window by the clock, when it is over and nothing has
 * come for its grace; again and whole where something has come since. Not for use by several threads.
 */
final class Counting {
    /** What comes later for a window begins it anew. */
    static final Duration CORRECTED = Duration.ofDays(1);

    private static final int MOST_TOLD = 500;

    private final Duration every;
    private final Duration grace;
    private final CountWindows windows;
    private final Attendance attendance = new Attendance();

    Counting(Duration every, Duration grace, CountWindows windows) {
        this.every = every;
        this.grace = grace;
        this.windows = windows;
    }

    void take(CountEvent event, Instant now) {
        long millis = now.toEpochMilli();
        attendance.at(millis);
        long time = Math.max(0, Math.min(event.time(), millis));
        long start = time - time % every.toMillis();
        CountWindow before = windows.find(event.subject(), start).orElse(null);
        Counts counts = (before == null ? Counts.NOTHING : before.counts()).and(event.kind(), event.name());
        if (before != null && !before.state().told()) {
            windows.save(
                    before.with(counts).with(new State(millis, before.state().due(), false)), now);
            return;
        }
        if (before != null) {
            windows.removeAlarm(before);
        }
        long until = start + every.toMillis();
        State state = new State(millis, attendance.due(until, millis, grace), false);
        windows.saveWithAlarm(new CountWindow(event.subject(), start, until, counts, state), now);
    }

    /** The windows whose counts are to be written, or some of them where they are many. */
    List<CountWindow> due(Instant now) {
        attendance.at(now.toEpochMilli());
        List<CountWindow> told = new ArrayList<>();
        windows.ring(now, () -> told.size() == MOST_TOLD, alarm -> windows.find(alarm)
                .filter(window -> window.state().due() == alarm.time())
                .ifPresent(window -> look(window, now, told)));
        return told;
    }

    private void look(CountWindow window, Instant now, List<CountWindow> told) {
        State state = window.state();
        if (state.told()) {
            windows.remove(window);
            return;
        }
        long due = attendance.due(window.until(), state.arrived(), grace);
        boolean tells = due <= now.toEpochMilli();
        long next = tells ? now.plus(CORRECTED).toEpochMilli() : due;
        windows.saveWithAlarm(window.with(new State(state.arrived(), next, tells)), now);
        if (tells) {
            told.add(window);
        }
    }
}
