package dev.forebay.processors.digest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which windows a moment belongs to. */
sealed interface WindowRule permits WindowRule.Fixed, WindowRule.Session {
    <R> R fold(Function<Fixed, R> fixed, Function<Session, R> session);

    /**
     * Windows of one length that begin at regular moments, counted from 1970 (UTC): tumbling where they begin as one
     * ends, hopping where they overlap.
     */
    record Fixed(Duration size, Duration every) implements WindowRule {
        /** The windows that a moment lies in, the earliest first; the end of each lies outside. */
        List<Span> around(long time) {
            List<Span> spans = new ArrayList<>();
            long step = every.toMillis();
            long last = Math.floorDiv(time, step) * step;
            long first = last - ((size.toMillis() - 1 - (time - last)) / step) * step;
            for (long start = first; start <= last; start += step) {
                spans.add(new Span(start, start + size.toMillis()));
            }
            return spans;
        }

        @Override
        public <R> R fold(Function<Fixed, R> fixed, Function<Session, R> session) {
            return fixed.apply(this);
        }
    }

    /**
     * Windows as long as what they hold: requests of a group that follow one another within the gap.
     *
     * @param longest from the first request to the last
     */
    record Session(Duration gap, Duration longest) implements WindowRule {
        /** Whether a moment is near enough to a session to belong to it. */
        boolean reaches(Span session, long time) {
            return session.distance(time) <= gap.toMillis();
        }

        boolean allows(Span session) {
            return session.length() <= longest.toMillis();
        }

        @Override
        public <R> R fold(Function<Fixed, R> fixed, Function<Session, R> session) {
            return session.apply(this);
        }
    }
}
