package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults F1, F4 and F25 of a worker in a process of its own, checked against all that client and reader saw. */
final class WorkerFaultsTest {
    private static final long SEED = Long.getLong("forebay.faults.seed", 1);
    private static final int REQUESTS = 600;
    private static final int IN_FLIGHT = 50;
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private EmbeddedKafka kafka;
    private EmbeddedRegistry registry;
    private RealRun run;
    private Process worker;
    private int starts;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        ForebayConfig config =
                ForebayConfig.builtIn().on(kafka.bootstrapServers(), registry.url().toString());
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(2));
        }
        Codecs codecs = Codecs.over(HttpSchemaRegistry.of(new RegistryConfig(
                Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"))));
        run = new RealRun(Mode.AT_LEAST_ONCE, kafka.bootstrapServers(), codecs, dir.resolve("history.jsonl"));
        worker = startWorker();
    }

    @AfterEach
    void stop() throws Exception {
        worker.destroyForcibly().waitFor();
        run.close();
        registry.close();
        kafka.close();
    }

    @Test
    void f1KilledInTheMiddleOfBatchesLosesNothing() throws Exception {
        run.send(texts(0));
        for (int kill = 1; kill <= 2; kill++) {
            until(kill * REQUESTS / 4);
            run.history().add(Operation.fault(System.nanoTime(), "F1 kill -9"));
            worker.destroyForcibly().waitFor();
            run.sample();
            worker = startWorker();
            run.history().add(Operation.heal(System.nanoTime(), "F1 kill -9"));
        }
        until(REQUESTS);

        Evidence evidence = run.evidence();
        holds(evidence);
        assertThat(evidence.terminals().size() - REQUESTS)
                .as("doubled by two kills, seed %d", SEED)
                .isLessThanOrEqualTo(2 * (4 * IN_FLIGHT + 500));
        report("F1", evidence);
    }

    @Test
    void f4StoppedUnderLoadEndsWithZeroAndDoublesNothing() throws Exception {
        run.send(texts(0));
        until(REQUESTS / 4);
        run.history().add(Operation.fault(System.nanoTime(), "F4 SIGTERM"));
        worker.destroy();
        assertThat(worker.waitFor(40, TimeUnit.SECONDS)).as("stops in time").isTrue();
        assertThat(worker.exitValue()).isZero();
        run.sample();
        assertThat(run.ended()).as("stopped under load").isLessThan(REQUESTS);
        worker = startWorker();
        run.history().add(Operation.heal(System.nanoTime(), "F4 SIGTERM"));
        until(REQUESTS);

        Evidence evidence = run.evidence();
        holds(evidence);
        assertThat(evidence.terminals()).as("none doubled, seed %d", SEED).hasSize(REQUESTS);
        report("F4", evidence);
    }

    @Test
    void f25ABadItemFailsAloneAndItsNeighboursAreRight() throws Exception {
        List<String> texts = texts(20);
        run.send(texts);
        until(REQUESTS);

        Evidence evidence = run.evidence();
        holds(evidence);
        for (Terminal terminal : evidence.terminals()) {
            String text = texts.get(Integer.parseInt(terminal.requestId().substring(2)));
            boolean bad = text.startsWith("!nan") || text.startsWith("!throw");
            assertThat(terminal.kind() != Terminal.Kind.RESULT)
                    .as("%s, seed %d", text, SEED)
                    .isEqualTo(bad);
        }
        assertThat(evidence.terminals()).anyMatch(terminal -> terminal.kind() != Terminal.Kind.RESULT);
        report("F25", evidence);
    }

    private static void holds(Evidence evidence) {
        List<Checker> checkers = List.of(
                new Conservation(),
                new Uniqueness(),
                new Content(),
                new CommitSafety(),
                new NoAbortedRead(),
                new Destination(),
                new DeadLetterBytes(),
                new Liveness(BOUND));
        for (Checker checker : checkers) {
            assertThat(checker.violations(evidence))
                    .as("%s, seed %d", checker.getClass().getSimpleName(), SEED)
                    .isEmpty();
        }
        assertThat(evidence.commits()).as("commits were sampled").isNotEmpty();
    }

    private void until(int ended) throws Exception {
        Instant end = Instant.now().plus(BOUND);
        while (run.ended() < ended) {
            run.sample();
            assertThat(worker.isAlive() && Instant.now().isBefore(end))
                    .as("%d of %d ended, seed %d: %s", run.ended(), ended, SEED, log())
                    .isTrue();
        }
    }

    /** One in ten waits, so that a fault finds batches in flight; one in {@code badEvery} cannot be answered. */
    private static List<String> texts(int badEvery) {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String text = "text " + i + " " + random.nextLong();
            if (badEvery > 0 && random.nextInt(badEvery) == 0) {
                text = (random.nextBoolean() ? "!nan " : "!throw ") + text;
            } else if (random.nextInt(10) == 0) {
                text = "!delay:40 " + text;
            }
            texts.add(text);
        }
        return texts;
    }

    private static void report(String fault, Evidence evidence) {
        System.out.println(fault + " at-least-once seed " + SEED + ": sent " + REQUESTS + ", terminals "
                + evidence.terminals().size() + ", lost 0, doubled "
                + (evidence.terminals().size() - REQUESTS) + ", commits sampled "
                + evidence.commits().size());
    }

    private Process startWorker() throws Exception {
        Path config = Files.writeString(
                dir.resolve("forebay.yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                registry:
                  schema.registry.url: %s
                  auto.register.schemas: true
                tasks:
                  vector:
                    task: embed
                    reuse: false
                worker:
                  in-flight:
                    records: %d
                """
                        .formatted(kafka.bootstrapServers(), registry.url(), IN_FLIGHT));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultWorker.class.getName(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("worker-" + starts++ + ".log").toFile())
                .start();
    }

    private String log() throws Exception {
        return Files.readString(dir.resolve("worker-" + (starts - 1) + ".log"));
    }
}
