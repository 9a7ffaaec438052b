package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Faults of share groups, and of input that was never committed. */
final class QueueFaults {
    private static final String MODE = "QUEUE";
    private static final int REQUESTS = 200;
    private static final int DEADLY = REQUESTS / 20;

    private QueueFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F33", "inference longer than a share group's lock", QueueFaults::lockExpires)
                        .only(MODE)
                        .redone(1),
                FaultCase.of("F34", "input of an aborted transaction", QueueFaults::abortedInput),
                FaultCase.of("F34b", "the delivery limit is reached", QueueFaults::deliveryLimit)
                        .only(MODE)
                        .redone(2));
    }

    private static void lockExpires(FaultRun run) throws Exception {
        alterGroup(run, "share.record.lock.duration.ms", "1000");
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitEnded(REQUESTS / 2);
        run.faultBegins("inference of 3 s");
        run.send(Ask.text(run.key(), "!delay:3000 slow"));
        run.send(REQUESTS / 2);
        run.awaitAllEnded();
        run.faultHealed("inference of 3 s");
    }

    private static void abortedInput(FaultRun run) {
        run.workers().start();
        run.send(REQUESTS / 2);
        run.faultBegins("aborted input");
        String topic = run.topics().work().name();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap(), "transactional.id", "aborting-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (int turn = 0; turn < 5; turn++) {
                producer.beginTransaction();
                for (int i = 0; i < 10; i++) {
                    Ask never = Ask.text(run.key(), "never committed");
                    String id = "never-" + turn + "-" + i;
                    var unused = producer.send(
                            Client.record(topic, id, never, run.client().encoded(id, never)));
                }
                producer.flush();
                run.send(REQUESTS / 10);
                run.pass(Duration.ofMillis(300));
                producer.abortTransaction();
            }
        }
        run.faultHealed("aborted input");
    }

    /**
     * Requests that end whichever worker runs them. At the third of six deliveries they have to be dead letters, and a kill
     * costs up to three of them. The kills find no other request in flight: it might have its result, and a dead letter
     * besides.
     */
    private static void deliveryLimit(FaultRun run) throws Exception {
        alterGroup(run, "share.delivery.count.limit", "6");
        Path hang = Files.createFile(run.directory().resolve("hang"));
        run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitAllAccepted();
        for (int i = 0; i < DEADLY; i++) {
            run.send(Ask.text(run.key(), "!hang " + i).ending(Ending.dead(ReasonCode.DELIVERIES_EXHAUSTED)));
        }
        while (hangs(run, hang)) {
            run.faultBegins("kill -9");
            run.workers().killAll();
            run.workers().start();
            run.faultHealed("started again");
        }
        run.awaitAllEnded();
        run.send(REQUESTS / 2);
        run.awaitAllEnded();
        Files.delete(hang);
    }

    /** Whether a request hangs, before all have ended. */
    private static boolean hangs(FaultRun run, Path hang) {
        int before = FakeModel.hanging(hang);
        run.awaitThat(
                "a request hangs, or all have ended",
                () -> FakeModel.hanging(hang) > before || run.observer().ended() == REQUESTS / 2 + DEADLY);
        return FakeModel.hanging(hang) > before;
    }

    private static void alterGroup(FaultRun run, String key, String value) throws Exception {
        run.alter(new ConfigResource(ConfigResource.Type.GROUP, run.group()), key, value);
    }
}
