package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
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
    private static final Duration STOP = Duration.ofSeconds(40);

    private QueueFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F33", "inference longer than a share group's lock", QueueFaults::lockExpires)
                        .only(MODE)
                        .redone(1),
                FaultCase.of("F34", "input of an aborted transaction", QueueFaults::abortedInput),
                FaultCase.of("F34b", "the delivery limit is reached", QueueFaults::deliveryLimit)
                        .only(MODE));
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

    /** Requests that end whichever worker runs them: the second delivery of three has to be their dead letter. */
    private static void deliveryLimit(FaultRun run) throws Exception {
        alterGroup(run, "share.delivery.count.limit", "3");
        Path hang = Files.createFile(run.directory().resolve("hang"));
        ChildJvm first = run.workers().start();
        run.send(REQUESTS / 2);
        run.awaitAllEnded();
        // All of them are in one partition before a worker is there, so that one poll has them: who holds one that
        // hangs polls no more, and the next worker would hang on the rest, which it gets for the first time.
        String key = run.key();
        run.workers().stop(first, STOP);
        for (int i = 0; i < REQUESTS / 20; i++) {
            run.send(Ask.text(key, "!hang " + i).ending(Ending.dead(ReasonCode.DELIVERIES_EXHAUSTED)));
        }
        run.client().flush();
        ChildJvm worker = run.workers().start();
        run.awaitThat("a request hangs", () -> FakeModel.hanging(hang) > 0);
        // The members that the kill leaves behind leave the group before the run ends when they are this old.
        run.pass(Duration.ofSeconds(6));
        run.faultBegins("kill -9");
        run.workers().kill(worker);
        run.workers().start();
        run.faultHealed("started again");
        run.awaitAllEnded();
        run.send(REQUESTS / 2);
        run.awaitAllEnded();
        Files.delete(hang);
    }

    private static void alterGroup(FaultRun run, String key, String value) throws Exception {
        run.alter(new ConfigResource(ConfigResource.Type.GROUP, run.group()), key, value);
    }
}
