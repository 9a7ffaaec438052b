package dev.forebay.processors.digest;

import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.OpenWindow.Tally;
import java.time.Instant;

/** Puts texts into windows within their bounds: where there are too many, those of the lowest ranks stay. */
final class Filling {
    private final OpenWindows windows;
    private final Bounds bounds;
    private final Instant now;

    Filling(OpenWindows windows, Bounds bounds, Instant now) {
        this.windows = windows;
        this.bounds = bounds;
        this.now = now;
    }

    /** The window with a request; one that it has already changes nothing but the sources. */
    OpenWindow with(OpenWindow window, GroupEvent event) {
        return window.with(tally(window.key(), window.tally(), event.text()))
                .with(window.sources().and(event.source()));
    }

    /** Both windows as the first. */
    OpenWindow joined(OpenWindow window, OpenWindow other) {
        Tally tally = window.tally()
                .leftOut(other.tally().leftOut())
                .late(other.tally().late());
        for (KeptText text : windows.remove(other)) {
            tally = tally(window.key(), tally, text);
        }
        return window.with(tally)
                .with(window.sources().and(other.sources()))
                .with(window.span().and(other.span()), other.alarm().until())
                .arrived(other.alarm().arrived());
    }

    private Tally tally(WindowKey key, Tally before, KeptText text) {
        if (text.text().isEmpty()) {
            return before.leftOut(1);
        }
        if (windows.has(key, text)) {
            return before;
        }
        Tally tally = before.plus(text);
        if (!isWithin(tally) && windows.last(key).filter(text::isBehind).isPresent()) {
            return before.leftOut(1);
        }
        windows.add(key, text, now);
        while (!isWithin(tally)) {
            KeptText last = windows.last(key).orElseThrow();
            windows.remove(key, last);
            tally = tally.minus(last);
        }
        return tally;
    }

    private boolean isWithin(Tally tally) {
        return bounds.hold(tally.texts(), tally.chars());
    }
}
