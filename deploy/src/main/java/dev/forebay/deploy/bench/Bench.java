package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that was asked for, one measurement after the other, in this process. */
public final class Bench {
    private final BenchOptions options;
    private final Console console;
    private final Stop stop;

    public Bench(BenchOptions options, Console console, Stop stop) {
        this.options = options;
        this.console = console;
        this.stop = stop;
    }

    public void run() {
        console.say("forebay: starting broker and registry in this process.");
        try (Rig rig = Rig.start()) {
            if (options.parts().contains(BenchPart.OVERHEAD)) {
                overhead(rig);
            }
        }
    }

    private void overhead(Rig rig) {
        int count = options.size().noopRecords();
        List<Double> rates = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int round = 0; round < options.size().rounds(); round++) {
            Timed timed = new Overhead(rig, stop).run(count);
            rates.add(timed.perSecond());
            cpu.add(timed.cpuMicrosPerRecord());
            console.say(String.format(
                    Locale.ROOT,
                    "  overhead %d/%d: %,.0f records/s, %.1f us of processor time a record (%,d records in %.2f s)",
                    round + 1,
                    options.size().rounds(),
                    timed.perSecond(),
                    timed.cpuMicrosPerRecord(),
                    count,
                    timed.seconds()));
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "overhead: median %,.0f records/s, %.1f us of processor time a record%n",
                        Statistics.median(rates),
                        Statistics.median(cpu));
        console.out().flush();
    }
}
