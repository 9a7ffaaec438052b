package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.protocol.ApiKeys;

/** Faults that only a worker with transactions can have. */
final class TransactionFaults {
    private static final String MODE = "EXACTLY_ONCE";
    private static final int REQUESTS = 400;

    private TransactionFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of(
                                "F3",
                                "worker killed with -9 between send and commit",
                                TransactionFaults::killedBeforeCommit)
                        .only(MODE),
                FaultCase.of("F15", "the end of a transaction arrives after its timeout", TransactionFaults::lateEnd)
                        .only(MODE)
                        .with(settings -> settings.set("kafka.producer", "transaction.timeout.ms", "2000")),
                FaultCase.of("F16", "sends so slow that the transaction times out", TransactionFaults::slowSends)
                        .only(MODE)
                        .with(settings -> settings.set("kafka.producer", "transaction.timeout.ms", "1000")),
                FaultCase.of("F17", "a second worker with the same transactional id", TransactionFaults::twoOfOneSlot)
                        .only(MODE),
                FaultCase.of("F18", "transactions aborted again and again", TransactionFaults::aborted)
                        .standIn("aborted from outside, by fencing their producer, in place of a hook in it")
                        .only(MODE));
    }

    private static void killedBeforeCommit(FaultRun run) {
        run.send(REQUESTS);
        ChildJvm worker = run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        run.faultBegins("kill -9 with a transaction open");
        run.proxy().hold(Set.of(ApiKeys.END_TXN));
        run.awaitThat("an end of a transaction is held", () -> run.proxy().held() > 0);
        run.workers().kill(worker);
        run.proxy().reset();
        run.proxy().heal();
        run.workers().start();
        run.faultHealed("started again");
    }

    private static void lateEnd(FaultRun run) {
        run.send(REQUESTS);
        run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        hold(run, ApiKeys.END_TXN, Duration.ofSeconds(5));
    }

    private static void slowSends(FaultRun run) {
        run.send(REQUESTS);
        run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        hold(run, ApiKeys.PRODUCE, Duration.ofSeconds(3));
    }

    private static void hold(FaultRun run, ApiKeys api, Duration time) {
        run.faultBegins(api + " is held");
        run.proxy().hold(Set.of(api));
        run.awaitThat("one is held", () -> run.proxy().held() > 0);
        run.pass(time);
        run.proxy().heal();
        run.faultHealed(api + " is held");
    }

    /** Whoever copies a state directory copies the id of its slot. */
    private static void twoOfOneSlot(FaultRun run) throws Exception {
        run.send(REQUESTS);
        run.workers().start();
        run.awaitEnded(REQUESTS / 4);
        Path config = run.directory().resolve("forebay.yaml");
        Path other = Files.writeString(
                run.directory().resolve("other.yaml"), Files.readString(config).replace("/state\"", "/other-state\""));
        Path slot = Files.createDirectories(run.directory().resolve("other-state/slot-0"));
        try (Stream<Path> files = Files.list(run.directory().resolve("state/slot-0"))) {
            for (Path file : files.filter(path -> !path.endsWith("lock")).toList()) {
                Files.copy(file, slot.resolve(file.getFileName()));
            }
        }
        run.faultBegins("a second worker with the first one's id");
        ChildJvm second = run.workers().start(other);
        run.pass(Duration.ofSeconds(6));
        run.send(REQUESTS / 4);
        run.workers().kill(second);
        run.faultHealed("the second worker is gone");
    }

    private static void aborted(FaultRun run) throws Exception {
        run.send(REQUESTS);
        run.workers().start();
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("aborts");
        int aborts = 0;
        for (int turn = 0; turn < 5; turn++) {
            List<String> ids = run.admin().listTransactions().all().get(10, TimeUnit.SECONDS).stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.contains(run.group()))
                    .toList();
            run.admin().fenceProducers(ids).all().get(20, TimeUnit.SECONDS);
            aborts += ids.size();
            run.send(REQUESTS / 8);
            run.pass(Duration.ofMillis(500));
        }
        run.faultHealed("aborts");
        run.expect(aborts > 0, "no transactional id with the group's name in it was found");
    }
}
