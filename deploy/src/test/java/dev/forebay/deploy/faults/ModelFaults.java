package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Faults of the model and of the batches that it runs; and keys that are hot. */
final class ModelFaults {
    private static final int REQUESTS = 400;
    private static final Duration HURRY = Duration.ofMillis(300);

    private ModelFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F25", "bad items in batches", ModelFaults::badItems)
                        .with(ModelFaults::wide)
                        .unordered(),
                FaultCase.of("F26", "rows that change places", ModelFaults::manyBatches)
                        .standIn("20,000 requests a seed, so that five seeds make the 100,000")
                        .with(ModelFaults::wide)
                        .unordered(),
                FaultCase.of("F27", "out of memory for batches of more than four", ModelFaults::outOfMemory)
                        .standIn("the fake model says that it is out of memory")
                        .with(ModelFaults::wide)
                        .unordered(),
                FaultCase.of("F28", "a record that crashes the native engine", ModelFaults::crash)
                        .standIn("the process sends itself SIGSEGV, which ends it as a fault in native code does")
                        .givingUp()
                        .redone(3),
                FaultCase.of("F36", "a key with nine of ten requests", ModelFaults::hotKey)
                        .with(settings -> settings.set("worker.in-flight", "records", 2_000)));
    }

    /** Many at once, in any order, so that batches are large. */
    private static void wide(WorkerSettings settings) {
        settings.set("worker", "order", "none")
                .set("worker.in-flight", "records", 2_000)
                .set("kafka.consumer", "max.poll.records", "500");
    }

    private static void badItems(FaultRun run) throws IOException {
        run.faultBegins("bad items");
        for (int i = 0; i < REQUESTS; i++) {
            String text = "item " + i + " " + run.random().nextLong();
            switch (run.random().nextInt(32)) {
                case 0 -> run.send(Ask.text(run.key(), "!throw " + text).ending(Ending.dead(ReasonCode.MODEL_ERROR)));
                case 1 ->
                    run.send(Ask.text(run.key(), "!nan " + text).ending(Ending.dead(ReasonCode.INVALID_MODEL_OUTPUT)));
                case 2 ->
                    run.send(Ask.text(run.key(), text)
                            .expiring(Instant.EPOCH)
                            .ending(Ending.rejected(ReasonCode.EXPIRED)));
                default -> run.send(Ask.text(run.key(), text));
            }
        }
        run.workers().start();
        run.awaitAllEnded();
        pastTheirDeadline(run);
        run.faultHealed("bad items");
    }

    /** Requests that wait behind one that sleeps on each executor, longer than some of them have time. */
    private static void pastTheirDeadline(FaultRun run) throws IOException {
        Path hang = Files.createFile(run.directory().resolve("hang"));
        for (int executor = 1; executor <= FaultWorker.EXECUTORS; executor++) {
            run.send(Ask.text(run.key(), "!hang number " + executor));
            int hanging = executor;
            run.awaitThat(hanging + " texts hang", () -> FakeModel.hanging(hang) == hanging);
        }
        for (int i = 0; i < REQUESTS / 20; i++) {
            run.send(Ask.text(run.key(), "in a hurry " + i)
                    .expiring(Instant.now().plus(HURRY))
                    .ending(Ending.rejected(ReasonCode.EXPIRED)));
            run.send(Ask.text(run.key(), "in no hurry " + i));
        }
        run.pass(HURRY.multipliedBy(2));
        Files.delete(hang);
    }

    private static void manyBatches(FaultRun run) {
        run.faultBegins("many batches of any size");
        run.workers().start();
        for (int i = 0; i < 20_000; i++) {
            run.send(Ask.text(
                    run.key(),
                    "x".repeat(run.random().nextInt(40)) + run.random().nextLong()));
            if (run.random().nextInt(500) == 0) {
                run.observer().sample();
            }
        }
        run.awaitAllEnded();
        run.faultHealed("many batches of any size");
    }

    private static void outOfMemory(FaultRun run) {
        run.faultBegins("out of memory");
        for (int i = 0; i < REQUESTS; i++) {
            run.send(Ask.text(run.key(), (run.random().nextInt(3) == 0 ? "!oom:4 item " : "item ") + i));
        }
        run.workers().start();
        run.awaitAllEnded();
        run.faultHealed("out of memory");
        run.expect(run.workers().restarts() == 0, "the worker was restarted for lack of memory");
    }

    private static void crash(FaultRun run) {
        run.workers().supervise();
        run.workers().start();
        run.send(REQUESTS / 4);
        run.awaitEnded(REQUESTS / 8);
        run.faultBegins("a record that crashes");
        run.send(Ask.text(run.key(), "!crash at once").ending(Ending.dead(ReasonCode.NATIVE_CRASH)));
        run.send(REQUESTS / 4);
        run.awaitThat(
                "the worker has met it, and everything has ended or the third restart has passed",
                () -> run.workers().restarts() > 3
                        || (run.workers().restarts() > 0 && !run.observer().isWaiting()));
        run.expect(run.workers().restarts() <= 3, "more than three restarts for one record");
        for (int crash = 2; crash <= run.workers().restarts(); crash++) {
            run.faultBegins("and again");
        }
        run.faultHealed("a record that crashes");
    }

    private static void hotKey(FaultRun run) {
        run.workers().start();
        run.send(1);
        run.awaitEnded(1);
        run.faultBegins("a hot key");
        long sent = System.nanoTime();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 3 * REQUESTS; i++) {
            boolean hot = run.random().nextInt(10) > 0;
            if (!hot) {
                others.add("r-" + run.client().sent());
            }
            run.send(Ask.text(hot ? "hot" : run.key(), "!delay:2 request " + i));
        }
        run.awaitAllEnded();
        run.faultHealed("a hot key");
        List<Long> waits = others.stream()
                .map(id -> run.observer().endedAt(id) - sent)
                .sorted()
                .toList();
        long p99 = waits.get(waits.size() * 99 / 100);
        long whole = run.observer().lastEnd() - sent;
        run.expect(
                p99 < Math.max(whole / 2, TimeUnit.SECONDS.toNanos(5)),
                "the other keys waited for the hot one: " + TimeUnit.NANOSECONDS.toMillis(p99) + " ms of "
                        + TimeUnit.NANOSECONDS.toMillis(whole));
    }
}
