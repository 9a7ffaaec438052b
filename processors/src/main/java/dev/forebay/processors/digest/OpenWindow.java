package dev.forebay.processors.digest;

/**
 * A window of a group that is not closed: all but its texts. Its size does not depend on how many these are.
 *
 * @param span of a session, from its first request to its last
 */
record OpenWindow(WindowKey key, Span span, Tally tally, Alarm alarm, Sources sources) {
    /**
     * What a window has, and what it had no room for.
     *
     * @param chars of the texts, each with what stands behind it
     * @param leftOut requests of the window whose texts are not kept
     * @param late requests that came when their own window was closed
     */
    record Tally(int texts, long chars, long leftOut, long late) {
        static final Tally NOTHING = new Tally(0, 0, 0, 0);

        Tally plus(KeptText text) {
            return new Tally(texts + 1, chars + text.cost(), leftOut, late);
        }

        Tally minus(KeptText text) {
            return new Tally(texts - 1, chars - text.cost(), leftOut + 1, late);
        }

        Tally leftOut(long more) {
            return new Tally(texts, chars, leftOut + more, late);
        }

        Tally late(long more) {
            return new Tally(texts, chars, leftOut, late + more);
        }

        boolean isEmpty() {
            return texts == 0 && leftOut == 0;
        }
    }

    /**
     * When a window is closed, in milliseconds since 1970.
     *
     * @param until when it is over
     * @param arrived when something came for it last
     * @param due when to look at it again; it may have to stay open then
     */
    record Alarm(long until, long arrived, long due) {}

    OpenWindow with(Tally other) {
        return new OpenWindow(key, span, other, alarm, sources);
    }

    OpenWindow with(Sources other) {
        return new OpenWindow(key, span, tally, alarm, other);
    }

    OpenWindow with(Alarm other) {
        return new OpenWindow(key, span, tally, other, sources);
    }

    /** @param until when the longer one is over */
    OpenWindow with(Span longer, long until) {
        return new OpenWindow(
                key, longer, tally, new Alarm(Math.max(alarm.until, until), alarm.arrived, alarm.due), sources);
    }

    OpenWindow arrived(long now) {
        return with(new Alarm(alarm.until, Math.max(alarm.arrived, now), alarm.due));
    }

    OpenWindow dueAt(long due) {
        return with(new Alarm(alarm.until, alarm.arrived, due));
    }
}
