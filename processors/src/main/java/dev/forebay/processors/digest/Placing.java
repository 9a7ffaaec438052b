package dev.forebay.processors.digest;

import dev.forebay.processors.digest.OpenWindow.Alarm;
import dev.forebay.processors.digest.OpenWindow.Tally;
import dev.forebay.processors.event.Attendance;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the windows of one request, and opens those that there are not yet. */
final class Placing {
    private final GroupEvent event;
    private final Places places;
    private final Filling filling;
    private final Instant now;

    /** What windows there are, and were. */
    record Places(OpenWindows windows, Closings closings, Attendance attendance) {}

    /** How a request comes into a window. */
    enum Arrival {
        /** Into the windows of the time at which it was issued. */
        IN_TIME,
        /** Into those of the present. */
        GATHERED_LATE,
        /** Into none: it is counted in those of the present. */
        COUNTED_LATE
    }

    Placing(GroupEvent event, Places places, Instant now) {
        this.event = event;
        this.places = places;
        this.filling = new Filling(places.windows, event.digest().asking().bounds(), now);
        this.now = now;
    }

    /** False where there is no window that is not closed. */
    boolean as(Arrival arrival) {
        long present = now.toEpochMilli();
        long time = arrival == Arrival.IN_TIME ? event.time(present) : present;
        return event.digest()
                .timing()
                .window()
                .fold(fixed -> intoFixed(fixed, time, arrival), session -> intoSession(session, time, arrival));
    }

    private boolean intoFixed(WindowRule.Fixed rule, long time, Arrival arrival) {
        boolean placed = false;
        for (Span span : rule.around(time)) {
            WindowKey key = new WindowKey(event.group(), span.start());
            OpenWindow found = places.windows.find(key).orElse(null);
            if (found != null) {
                keep(filled(found, arrival), arrival);
                placed = true;
            } else if (!wasClosed(span.end(), span, any -> true)) {
                begin(filled(fresh(key, span, span.end()), arrival));
                placed = true;
            }
        }
        return placed;
    }

    private boolean intoSession(WindowRule.Session rule, long time, Arrival arrival) {
        long gap = rule.gap().toMillis();
        long reach = gap + rule.longest().toMillis();
        Span ids = new Span(Math.max(0, time - reach), time + reach);
        List<OpenWindow> near = places.windows.between(event.group(), ids).stream()
                .filter(window -> rule.reaches(window.span(), time))
                .toList();
        OpenWindow target = nearest(rule, near, time);
        if (target != null) {
            keep(
                    arrival == Arrival.COUNTED_LATE
                            ? filled(target, arrival)
                            : joined(
                                    rule,
                                    filled(target.with(target.span().and(Span.at(time)), time + gap), arrival),
                                    near),
                    arrival);
            return true;
        }
        if (arrival == Arrival.COUNTED_LATE || wasClosed(time + gap, ids, past -> rule.reaches(past, time))) {
            return false;
        }
        begin(filled(fresh(new WindowKey(event.group(), time), Span.at(time), time + gap), arrival));
        return true;
    }

    /** Of the sessions that may grow so far; null where there is none. */
    private static @Nullable OpenWindow nearest(WindowRule.Session rule, List<OpenWindow> near, long time) {
        OpenWindow nearest = null;
        for (OpenWindow window : near) {
            boolean nearer = nearest == null
                    || window.span().distance(time) < nearest.span().distance(time);
            if (nearer && rule.allows(window.span().and(Span.at(time)))) {
                nearest = window;
            }
        }
        return nearest;
    }

    /** The session with those that the request has brought so near that they are one. */
    private OpenWindow joined(WindowRule.Session rule, OpenWindow session, List<OpenWindow> near) {
        OpenWindow whole = session;
        for (OpenWindow other : near) {
            if (other.key().id() != session.key().id()
                    && rule.allows(whole.span().and(other.span()))) {
                whole = filling.joined(whole, other);
            }
        }
        return whole;
    }

    private OpenWindow filled(OpenWindow window, Arrival arrival) {
        OpenWindow counted =
                arrival == Arrival.IN_TIME ? window : window.with(window.tally().late(1));
        return arrival == Arrival.COUNTED_LATE ? counted : filling.with(counted, event);
    }

    /** Asked only of what is old enough to have been closed. */
    private boolean wasClosed(long until, Span ids, Predicate<Span> which) {
        return until + event.digest().timing().grace().toMillis() <= now.toEpochMilli()
                && places.closings.between(event.group(), ids, now).stream().anyMatch(which);
    }

    private OpenWindow fresh(WindowKey key, Span span, long until) {
        return new OpenWindow(key, span, Tally.NOTHING, new Alarm(until, now.toEpochMilli(), 0), Sources.NONE);
    }

    private void begin(OpenWindow window) {
        long due = places.attendance.due(
                window.alarm().until(),
                window.alarm().arrived(),
                event.digest().timing().grace());
        places.windows.saveWithAlarm(window.dueAt(due), now);
    }

    /** What is only counted does not keep a window open. */
    private void keep(OpenWindow window, Arrival arrival) {
        places.windows.save(arrival == Arrival.COUNTED_LATE ? window : window.arrived(now.toEpochMilli()), now);
    }
}
