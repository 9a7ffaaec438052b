package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Faults of the worker's process: killed, stopped, frozen, replaced. */
final class WorkerFaults {
    private static final int REQUESTS = 400;

    private WorkerFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F1", "worker killed with -9 in the middle of batches, twice", WorkerFaults::killed)
                        .redone(2),
                FaultCase.of(
                                "F2",
                                "worker killed with -9 between acknowledgement and commit",
                                WorkerFaults::uncommitted)
                        .only("AT_LEAST_ONCE")
                        .with(settings -> settings.set("worker", "commit-interval", "1h")
                                .set("worker.in-flight", "records", 2 * REQUESTS))
                        .redone(2),
                FaultCase.of("F4", "worker stopped with SIGTERM under load", WorkerFaults::stopped),
                FaultCase.of("F5", "worker stopped with SIGTERM while the model hangs", WorkerFaults::stoppedHanging)
                        .standIn("the local model hangs: there is no provider client yet")
                        .with(settings -> settings.set("worker", "drain-timeout", "3s"))
                        .redone(1),
                FaultCase.of("F6", "worker frozen beyond its session while another takes over", WorkerFaults::frozen)
                        .redone(3)
                        .unordered(),
                FaultCase.of("F7", "inference three times longer than max.poll.interval.ms", WorkerFaults::slow)
                        .standIn("the stuck poll thread of the second half is F6: the whole process is frozen")
                        .with(settings -> settings.set("kafka.consumer", "max.poll.interval.ms", "3000")),
                FaultCase.of("F8", "three workers started and stopped every second", WorkerFaults::storm)
                        .redone(12)
                        .unordered());
    }

    private static void killed(FaultRun run) {
        run.send(REQUESTS);
        ChildJvm worker = run.workers().start();
        for (int kill = 1; kill <= 2; kill++) {
            run.awaitEnded(kill * REQUESTS / 4);
            run.faultBegins("kill -9");
            run.workers().kill(worker);
            run.observer().sample();
            run.expect(run.observer().ended() < REQUESTS, "the kill came after the work");
            worker = run.workers().start();
            run.faultHealed("started again");
        }
    }

    private static void uncommitted(FaultRun run) {
        run.send(REQUESTS / 2);
        ChildJvm worker = run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        run.faultBegins("kill -9");
        run.workers().kill(worker);
        run.observer().sample();
        int before = run.observer().terminals().size();
        run.workers().start();
        run.faultHealed("started again");
        run.awaitThat("all is done again", () -> run.observer().terminals().size() >= before + REQUESTS / 4);
    }

    private static void stopped(FaultRun run) {
        run.send(REQUESTS);
        ChildJvm worker = run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        run.faultBegins("SIGTERM");
        run.workers().stop(worker, Duration.ofSeconds(35));
        run.observer().sample();
        run.expect(run.observer().ended() < REQUESTS, "the stop came after the work");
        run.workers().start();
        run.faultHealed("started again");
    }

    private static void stoppedHanging(FaultRun run) throws Exception {
        Path hang = Files.createFile(run.directory().resolve("hang"));
        run.send(REQUESTS / 4);
        run.send(Ask.text(run.key(), "!hang for as long as the file is there"));
        ChildJvm worker = run.workers().start();
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("SIGTERM");
        run.workers().stop(worker, Duration.ofSeconds(8));
        Files.delete(hang);
        run.workers().start();
        run.faultHealed("started again, and the model answers");
    }

    private static void frozen(FaultRun run) {
        run.send(REQUESTS);
        ChildJvm zombie = run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        run.faultBegins("SIGSTOP");
        zombie.pause();
        run.workers().start();
        run.awaitEnded(REQUESTS / 2);
        run.send(REQUESTS / 2);
        zombie.resume();
        run.faultHealed("SIGCONT");
        run.pass(Duration.ofSeconds(2));
    }

    private static void slow(FaultRun run) throws Exception {
        run.workers().start();
        run.send(REQUESTS / 4);
        run.awaitEnded(REQUESTS / 4);
        int before = run.groupEpoch();
        run.faultBegins("inference of 9 s");
        run.send(Ask.text(run.key(), "!delay:9000 slow"));
        run.send(REQUESTS / 4);
        run.awaitAllEnded();
        run.faultHealed("inference of 9 s");
        run.expect(run.groupEpoch() == before, "slow inference changed the group");
    }

    private static void storm(FaultRun run) {
        List<ChildJvm> workers =
                new ArrayList<>(List.of(run.workers().start(), run.workers().start()));
        run.send(REQUESTS / 4);
        run.awaitEnded(1);
        for (int turn = 0; turn < 6; turn++) {
            run.send(REQUESTS / 2);
            run.faultBegins("a worker more, another one less");
            workers.add(run.workers().start());
            run.pass(Duration.ofMillis(1_000 + run.random().nextInt(2_000)));
            ChildJvm leaving = workers.remove(run.random().nextInt(2));
            if (run.random().nextBoolean()) {
                run.workers().stop(leaving, Duration.ofSeconds(35));
            } else {
                run.workers().kill(leaving);
            }
            run.faultHealed("a worker more, another one less");
        }
    }
}
