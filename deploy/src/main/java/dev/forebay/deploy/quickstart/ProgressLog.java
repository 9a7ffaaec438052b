package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.Console;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line every few seconds. */
final class ProgressLog implements Progress {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Console console;
    private long last = System.nanoTime();

    ProgressLog(Console console) {
        this.console = console;
    }

    @Override
    public void show(Moment moment) {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            last = now;
            console.say(String.format(
                    Locale.ROOT,
                    "forebay: %,d of %,d texts, %s, %d s left",
                    moment.done(),
                    moment.total(),
                    moment.rates(),
                    moment.secondsLeft()));
        }
    }

    @Override
    public void close() {}
}
