package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import dev.forebay.schemas.ReasonCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Records that are no requests, that do not fit, that no schema is known for, or that come from another time. */
final class DataFaults {
    private static final int REQUESTS = 200;
    private static final int MUTATIONS = Integer.getInteger("forebay.faults.requests", 1_000);
    private static final int NO_SCHEMA = 999_999;

    private DataFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F19", "mutated requests between right ones", DataFaults::mutations)
                        .with(settings -> settings.set("worker.in-flight", "records", 1_000)),
                FaultCase.of(
                        "F20",
                        "registry down at the start, then slow; schema ids that it does not know",
                        DataFaults::registry),
                FaultCase.of(
                        "F21",
                        "requests of later schemas: a field more, an enum symbol more, a field less",
                        LaterSchemas::strike),
                FaultCase.of("F22", "results that do not fit into their topic", DataFaults::resultTooLarge),
                FaultCase.of("F23", "dead letters that do not fit into their topic", DataFaults::deadLetterTooLarge),
                FaultCase.of("F23b", "the topic of dead letters is missing for a while", DataFaults::noDeadLetters)
                        .redone(1),
                FaultCase.of("F23c", "the right to write dead letters is missing for a while", DataFaults::noRight)
                        .redone(1),
                FaultCase.of("F24", "timestamps of the future and of the beginning of time", DataFaults::otherTimes));
    }

    private static void mutations(FaultRun run) {
        run.workers().start();
        // Each kind of terminal once, so that no schema is registered while ids are guessed.
        run.send(1);
        run.send(Ask.nothing(run.key()));
        run.send(Ask.text(run.key(), "too late").expiring(Instant.EPOCH).ending(Ending.rejected(ReasonCode.EXPIRED)));
        run.awaitAllEnded();
        run.faultBegins("mutations");
        MutatedRequests mutated = new MutatedRequests(run);
        for (int i = 0; i < MUTATIONS; i++) {
            run.send(1);
            run.send(mutated.next());
        }
        run.awaitAllEnded();
        run.faultHealed("mutations");
    }

    private static void registry(FaultRun run) throws Exception {
        run.faultBegins("registry down");
        run.lab().registryProxy().down(true);
        run.send(REQUESTS);
        run.workers().start();
        run.pass(Duration.ofSeconds(6));
        run.expect(run.observer().ended() == 0, "requests ended while no schema could be looked up");
        run.lab().registryProxy().responses(Toxic.latency(300));
        run.lab().registryProxy().down(false);
        run.faultHealed("registry down");
        for (int i = 0; i < 20; i++) {
            byte[] right = run.client().encoded("r-x", Ask.text("k", "of a schema that nobody has"));
            ByteBuffer.wrap(right).putInt(1, NO_SCHEMA + i);
            run.send(Ask.bytes(run.key(), right, ReasonCode.SCHEMA_UNKNOWN));
        }
    }

    private static void resultTooLarge(FaultRun run) throws Exception {
        run.alterTopic(run.topics().outcomes().name(), "max.message.bytes", "2048");
        run.workers().start();
        run.faultBegins("attributes of 3 KB");
        for (int i = 0; i < REQUESTS / 10; i++) {
            run.send(10);
            run.send(Ask.text(run.key(), "long " + i)
                    .with(Map.of("note", incompressible(run.random(), 3_000)))
                    .ending(Ending.dead(ReasonCode.OUTPUT_TOO_LARGE)));
        }
        run.awaitAllEnded();
        run.faultHealed("attributes of 3 KB");
    }

    private static void deadLetterTooLarge(FaultRun run) throws Exception {
        run.alterTopic(run.topics().deadLetters().name(), "max.message.bytes", "2048");
        run.workers().start();
        run.faultBegins("garbage of 3 KB");
        for (int i = 0; i < REQUESTS / 10; i++) {
            run.send(10);
            byte[] noise = incompressible(run.random(), 3_000).getBytes(StandardCharsets.UTF_8);
            run.send(Ask.bytes(run.key(), noise, ReasonCode.NOT_WIRE_FORMAT));
        }
        run.awaitAllEnded();
        run.faultHealed("garbage of 3 KB");
        long whole = run.observer().terminals().stream()
                .filter(terminal -> terminal.kind() == Terminal.Kind.DEAD_LETTER)
                .filter(terminal -> !terminal.original().startsWith("sha256:"))
                .count();
        run.expect(whole == 0, whole + " dead letters were larger than their topic takes");
    }

    /** The topic is deleted before anything is in it, so that nothing that was acknowledged goes with it. */
    private static void noDeadLetters(FaultRun run) throws Exception {
        ChildJvm worker = run.workers().start();
        run.send(REQUESTS / 4);
        run.awaitEnded(REQUESTS / 4);
        String topic = run.topics().deadLetters().name();
        run.faultBegins("no topic of dead letters");
        run.admin().deleteTopics(List.of(topic)).all().get(10, TimeUnit.SECONDS);
        run.send(REQUESTS / 4);
        run.send(Ask.bytes(run.key(), new byte[] {1, 2, 3}, ReasonCode.NOT_WIRE_FORMAT));
        run.send(REQUESTS / 4);
        run.pass(Duration.ofSeconds(5));
        run.expect(worker.isAlive(), "the worker did not wait for the topic");
        run.admin()
                .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                .all()
                .get(10, TimeUnit.SECONDS);
        run.faultHealed("no topic of dead letters");
    }

    private static void noRight(FaultRun run) throws Exception {
        ChildJvm worker = run.workers().start();
        run.send(REQUESTS / 4);
        run.awaitEnded(REQUESTS / 4);
        ResourcePattern topic = new ResourcePattern(
                ResourceType.TOPIC, run.topics().deadLetters().name(), PatternType.LITERAL);
        List<AclBinding> rules = List.of(
                rule(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                rule(topic, AclOperation.WRITE, AclPermissionType.DENY));
        run.faultBegins("no right to write dead letters");
        run.admin().createAcls(rules).all().get(10, TimeUnit.SECONDS);
        run.pass(Duration.ofMillis(300)); // until the broker has read them
        run.send(REQUESTS / 4);
        run.send(Ask.bytes(run.key(), new byte[] {1, 2, 3}, ReasonCode.NOT_WIRE_FORMAT));
        run.send(REQUESTS / 4);
        run.awaitThat("the worker has said that it waits", () -> worker.log().contains("waiting what="));
        run.pass(Duration.ofSeconds(5));
        run.expect(worker.isAlive(), "the worker did not wait for the right");
        run.expect(run.observer().isWaiting(), "a dead letter was written without the right to do so");
        run.admin()
                .deleteAcls(rules.stream().map(AclBinding::toFilter).toList())
                .all()
                .get(10, TimeUnit.SECONDS);
        run.faultHealed("no right to write dead letters");
    }

    private static AclBinding rule(ResourcePattern topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(topic, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }

    private static void otherTimes(FaultRun run) throws Exception {
        run.alterTopic(run.topics().work().name(), "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        run.workers().start();
        run.faultBegins("other times");
        List<Long> times = List.of(0L, 1L, System.currentTimeMillis() + 7_200_000, Long.MAX_VALUE / 2, Long.MAX_VALUE);
        for (int i = 0; i < REQUESTS; i++) {
            long time = times.get(run.random().nextInt(times.size()));
            if (i % 10 == 0) {
                run.send(Ask.bytes(run.key(), new byte[] {1, 2, 3}, ReasonCode.NOT_WIRE_FORMAT)
                        .at(time));
            } else {
                run.send(Ask.text(run.key(), "from another time " + i).at(time));
            }
        }
        run.awaitAllEnded();
        run.faultHealed("other times");
    }

    private static String incompressible(Random random, int length) {
        return random.ints(length, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
