package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fault after fault, each after five seconds of load, until all requests are sent. */
final class Storm {
    private static final int REQUESTS = Integer.getInteger("forebay.faults.requests", 20_000);
    private static final int BETWEEN_FAULTS = 5_000;
    private static final int AT_ONCE = 250;
    private static final Duration PACE = Duration.ofMillis(250);
    private static final int MOST_WAITING = 5_000;

    private final FaultRun run;
    private final List<ChildJvm> workers = new ArrayList<>();

    private Storm(FaultRun run) {
        this.run = run;
    }

    static List<FaultCase> cases() {
        return List.of(FaultCase.of(
                        "STORM", "worker or broker killed with -9 or frozen every 5 s", run -> new Storm(run).rage())
                .only("EXACTLY_ONCE")
                .with(settings -> settings.set("worker.in-flight", "records", 1_000)
                        .set("kafka.consumer", "max.poll.records", "500"))
                .ownBroker());
    }

    private void rage() {
        workers.add(run.workers().start());
        workers.add(run.workers().start());
        while (run.client().sent() < REQUESTS) {
            load(Math.min(BETWEEN_FAULTS, REQUESTS - run.client().sent()));
            strike();
        }
        run.awaitAllEnded();
        int terminals = run.observer().terminals().size();
        run.expect(terminals == REQUESTS, terminals + " terminals of " + REQUESTS + " requests");
    }

    /** As fast as the pace, and no faster than the workers. */
    private void load(int count) {
        for (int i = 0; i < count; i++) {
            String text = "text " + run.client().sent() + " " + run.random().nextLong();
            run.send(Ask.text(run.key(), run.random().nextInt(50) == 0 ? "!delay:20 " + text : text));
            if (i % AT_ONCE == AT_ONCE - 1) {
                run.pass(PACE);
                run.awaitEnded(run.client().sent() - MOST_WAITING);
            }
        }
    }

    private void strike() {
        int victim = run.random().nextInt(workers.size());
        switch (run.random().nextInt(4)) {
            case 0 -> {
                run.faultBegins("kill -9 of a worker");
                run.workers().kill(workers.remove(victim));
                workers.add(run.workers().start());
            }
            case 1 -> {
                run.faultBegins("SIGSTOP to a worker");
                freeze(workers.get(victim), 8_000);
            }
            case 2 -> {
                run.faultBegins("kill -9 of the broker");
                run.broker().kill();
                run.broker().restart();
            }
            default -> {
                run.faultBegins("SIGSTOP to the broker");
                freeze(run.broker().process(), 5_000);
            }
        }
        run.faultHealed("one of the storm's faults");
    }

    private void freeze(ChildJvm process, int mostMillis) {
        process.pause();
        run.pass(Duration.ofMillis(500 + run.random().nextInt(mostMillis)));
        process.resume();
    }
}
