package dev.forebay.deploy.quickstart;

import dev.forebay.deploy.console.Console;

/** Shows how far a run is. */
interface Progress extends AutoCloseable {
    void show(Moment moment);

    @Override
    void close();

    /**
     * One look at a run.
     *
     * @param textsPerSecond so far
     * @param fill mean share of the token budget that batches use, 0 to 1
     */
    record Moment(long done, long total, double textsPerSecond, double fill) {
        long secondsLeft() {
            return textsPerSecond <= 0 ? 0 : Math.round((total - done) / textsPerSecond);
        }

        String rates() {
            return String.format(
                    java.util.Locale.ROOT, "%.0f texts/s, batches %.0f %% full", textsPerSecond, fill * 100);
        }
    }

    /** A bar where a person watches, lines where the output is kept. */
    static Progress on(Console console, long total) {
        return console.interactive() ? new ProgressLine(total) : new ProgressLog(console);
    }
}
