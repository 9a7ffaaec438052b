package dev.forebay.deploy.quickstart;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over and over on the last line of a terminal. */
final class ProgressLine implements Progress {
    private static final int REDRAW_MILLIS = 200;

    private final ProgressBar bar;

    ProgressLine(long total) {
        bar = new ProgressBarBuilder()
                .setTaskName("texts")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .hideEta()
                .build();
    }

    @Override
    public void show(Moment moment) {
        bar.stepTo(moment.done());
        bar.setExtraMessage(" " + moment.rates() + ", " + moment.secondsLeft() + " s left");
    }

    @Override
    public void close() {
        bar.setExtraMessage("");
        bar.close();
    }
}
