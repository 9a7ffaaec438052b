package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import java.time.Duration;
import java.util.List;

/** Faults of the broker's process, and of what worker and broker need of their machine: disks and descriptors. */
final class BrokerFaults {
    private static final int REQUESTS = 400;

    private BrokerFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F9", "broker restarted cleanly, then killed with -9", BrokerFaults::restarted)
                        .ownBroker()
                        .redone(2),
                FaultCase.of("F10", "broker frozen", BrokerFaults::frozen)
                        .standIn("the only broker, for 12 s; that others go on is not shown")
                        .ownBroker()
                        .redone(1),
                FaultCase.of("F35", "broker cannot write to its disk", BrokerFaults::diskFull)
                        .standIn("a limit on the size of its files (EFBIG) in place of a full disk (ENOSPC)")
                        .ownBroker()
                        .redone(1),
                FaultCase.of("F35b", "worker out of file descriptors", BrokerFaults::noDescriptors)
                        .redone(1),
                FaultCase.of("F35c", "no room for the worker's state, at its start and later", BrokerFaults::stateFull)
                        .standIn("who may not mount a tmpfs of 64 KiB takes the right to write away")
                        .redone(3));
    }

    private static void restarted(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("SIGTERM to the broker");
        run.broker().stop();
        run.broker().restart();
        run.faultHealed("broker started again");
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS * 5 / 8);
        run.faultBegins("kill -9 of the broker");
        run.broker().kill();
        run.broker().restart();
        run.faultHealed("broker started again");
    }

    private static void frozen(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS);
        run.awaitEnded(REQUESTS / 4);
        run.faultBegins("SIGSTOP to the broker");
        run.broker().process().pause();
        run.pass(Duration.ofSeconds(12));
        run.broker().process().resume();
        run.faultHealed("SIGCONT to the broker");
    }

    private static void diskFull(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("broker may not write");
        run.broker().process().limit("fsize", "1000");
        run.send(REQUESTS / 2);
        boolean died = run.broker().process().endsWithin(Duration.ofSeconds(30));
        run.expect(died, "the broker did not notice that it cannot write");
        run.pass(Duration.ofSeconds(2));
        run.broker().kill();
        run.broker().restart();
        run.faultHealed("broker started again with room");
    }

    private static void stateFull(FaultRun run) throws Exception {
        SmallDisk disk = run.owned(SmallDisk.at(run.directory().resolve("state")));
        run.faultBegins("no room");
        disk.fill();
        run.send(REQUESTS / 2);
        ChildJvm worker = run.workers().startToFail();
        run.expect(worker.endsWithin(Duration.ofSeconds(30)), "the worker runs without room for its state");
        run.expect(worker.log().contains("worker.state"), "the worker did not say what it lacks");
        run.observer().sample();
        run.expect(run.observer().ended() == 0, "requests ended without room for the worker's state");
        disk.free();
        run.workers().supervise();
        run.workers().start();
        run.faultHealed("no room");
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("no room any more");
        disk.fill();
        run.send(REQUESTS / 2);
        run.pass(Duration.ofSeconds(3));
        disk.free();
        run.faultHealed("no room any more");
    }

    private static void noDescriptors(FaultRun run) {
        var worker = run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("no descriptor is free, and all connections are lost");
        worker.limit("nofile", "8");
        run.proxy().reset();
        run.send(REQUESTS / 2);
        run.pass(Duration.ofSeconds(5));
        worker.limit("nofile", "1024");
        run.faultHealed("descriptors are free");
    }
}
