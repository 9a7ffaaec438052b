package dev.forebay.deploy.faults;

import dev.forebay.deploy.ChildJvm;
import dev.forebay.schemas.ReasonCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;

/** Records that are no requests, that do not fit, that no schema is known for, or that come from another time. */
final class DataFaults {
    private static final int REQUESTS = 200;
    private static final int NO_SCHEMA = 999_999;
    private static final int WIRE_HEAD = 5;

    private DataFaults() {}

    static List<FaultCase> cases() {
        return List.of(
                FaultCase.of("F19", "garbage between requests", DataFaults::garbage),
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
                FaultCase.of("F24", "timestamps of the future and of the beginning of time", DataFaults::otherTimes));
    }

    private static void garbage(FaultRun run) {
        run.workers().start();
        run.faultBegins("garbage");
        for (int i = 0; i < REQUESTS; i++) {
            run.send(1);
            run.send(garbage(run, run.random()));
        }
        run.awaitAllEnded();
        run.faultHealed("garbage");
    }

    private static Ask garbage(FaultRun run, Random random) {
        byte[] right = run.client().encoded("r-x", Ask.text("k", "a right one"));
        return switch (random.nextInt(5)) {
            case 0 -> Ask.bytes(run.key(), new byte[0], ReasonCode.NOT_WIRE_FORMAT);
            case 1 -> Ask.bytes(run.key(), magic(right, (byte) (1 + random.nextInt(255))), ReasonCode.NOT_WIRE_FORMAT);
            case 2 -> Ask.bytes(run.key(), cut(right, random), ReasonCode.MALFORMED);
            case 3 -> Ask.bytes(run.key(), bomb(right), ReasonCode.MALFORMED);
            default -> {
                byte[] noise = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(noise);
                yield Ask.bytes(run.key(), magic(noise, (byte) 0x7f), ReasonCode.NOT_WIRE_FORMAT);
            }
        };
    }

    private static byte[] magic(byte[] of, byte first) {
        byte[] bytes = of.clone();
        bytes[0] = first;
        return bytes;
    }

    private static byte[] cut(byte[] right, Random random) {
        return Arrays.copyOf(right, WIRE_HEAD + random.nextInt(right.length - WIRE_HEAD));
    }

    /** A text that says it is two gigabytes long. */
    private static byte[] bomb(byte[] right) {
        return ByteBuffer.allocate(WIRE_HEAD + 5)
                .put(right, 0, WIRE_HEAD)
                .put(new byte[] {-2, -1, -1, -1, 15})
                .array();
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
