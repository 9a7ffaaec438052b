package dev.forebay.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.AccessList;
import dev.forebay.deploy.pipeline.AccessList.Component;
import dev.forebay.deploy.pipeline.AccessList.Right;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.TopicException;
import dev.forebay.worker.Worker;
import dev.forebay.worker.consume.GroupException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pipeline on a broker that asks who comes, and lets each do what {@link AccessList} says and nothing else. */
@Tag("slow")
final class SecuredClusterTest {
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String WORKER = "forebay-worker";
    private static final String PROCESSORS = "forebay-processors";
    private static final String TOPICS = "forebay-topics";

    @TempDir
    private static Path directory;

    private static TokenIssuer issuer;
    private static SecureBroker broker;
    private static Access access;
    private static SecurePipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        TestKeys keys = new TestKeys(directory, "broker", WORKER, PROCESSORS);
        issuer = new TokenIssuer();
        System.setProperty(ALLOWED_URLS, issuer.url("/token") + "," + issuer.url("/keys"));
        broker = new SecureBroker(keys, issuer, WORKER, PROCESSORS, TOPICS);
        access = Access.of(broker, keys, issuer, directory);
        pipeline = new SecurePipeline(access, directory);
        ForebayConfig config = pipeline.config("topics", access.of(TOPICS, Access.Way.SCRAM));
        broker.allow(TOPICS, AccessList.of(config).of(Component.TOPICS));
        try (BrokerTopics topics = BrokerTopics.of(config.kafka())) {
            assertThat(topics.create(TopicPlan.of(config), Optional.of(1)))
                    .containsExactlyElementsOf(TopicPlan.of(config).names());
        }
    }

    @AfterAll
    static void stop() {
        System.clearProperty(ALLOWED_URLS);
        broker.close();
        issuer.close();
    }

    /** Over the three runs each client of the worker comes in each way, never two of them in the same. */
    @ParameterizedTest
    @EnumSource
    void withTheLeastRightsEveryRecordReachesItsEndAndNoSecretReachesTheLog(Access.Way way) throws Exception {
        Map<String, String> worker = new HashMap<>(access.of(WORKER, way));
        access.of(WORKER, way.next()).forEach((key, value) -> worker.put("consumer." + key, value));
        access.of(WORKER, way.next().next()).forEach((key, value) -> worker.put("producer." + key, value));
        ForebayConfig inferring = pipeline.config(way.name(), worker);
        ForebayConfig deciding = pipeline.config(way.name(), access.of(PROCESSORS, way));
        broker.allow(WORKER, AccessList.of(inferring).of(Component.WORKER));
        broker.allow(PROCESSORS, AccessList.of(deciding).of(Component.PROCESSORS));
        try (CanaryAppender log = new CanaryAppender()) {
            pipeline.passThrough(inferring, deciding);

            assertThat(log.events()).isPositive();
            assertThat(log.leaks()).isEmpty();
        }
    }

    @Test
    void aRefusedLoginSaysSoAndNotThePassword() throws Exception {
        Map<String, String> wrongPassword = new HashMap<>(access.of(WORKER, Access.Way.SCRAM));
        wrongPassword.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("password=\"", "password=\"x"));
        Map<String, String> stranger = new HashMap<>(access.of(WORKER, Access.Way.CERTIFICATE));
        stranger.keySet().removeIf(key -> key.startsWith("ssl.key"));

        for (Map<String, String> kafka : List.of(wrongPassword, stranger)) {
            ForebayConfig config = pipeline.config("login", kafka);
            assertThatThrownBy(() -> pipeline.startWorker(config))
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("The broker cannot be logged in to")
                    .hasMessageContaining("kafka.security.protocol")
                    .hasMessageNotContaining(CanaryAppender.CANARY);
        }
    }

    @Test
    void theWorkerSaysWhichRightItLacks() throws Exception {
        checkEachRight(WORKER, Component.WORKER, SecuredClusterTest::obstacleOfWorker);
    }

    @Test
    void aQueueReadsWithTheLeastRightsToItsGroupAndSaysWhichItLacks() throws Exception {
        for (AclOperation operation : List.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS)) {
            String run = "queue-" + operation;
            ForebayConfig config = pipeline.config(run, "queue", access.of(WORKER, Access.Way.SCRAM));
            broker.allow(TOPICS, AccessList.of(config).of(Component.TOPICS));
            ForebayConfig creating = pipeline.config(run, "queue", access.of(TOPICS, Access.Way.SCRAM));
            try (BrokerTopics topics = BrokerTopics.of(creating.kafka())) {
                topics.create(TopicPlan.of(creating), Optional.of(1));
            }
            List<Right> rights = new ArrayList<>(AccessList.of(config).of(Component.WORKER));
            assertThat(rights.removeIf(right -> right.operation() == operation
                            && right.resource().name().equals(config.worker().group())))
                    .isTrue();
            broker.allow(WORKER, rights);

            assertThat(reason(() -> obstacleOfWorker(config)))
                    .as(operation.toString())
                    .contains(config.worker().group());
        }
    }

    @Test
    void theProcessorsSayWhichRightTheyLack() throws Exception {
        checkEachRight(PROCESSORS, Component.PROCESSORS, SecuredClusterTest::waitOfProcessors);
    }

    @Test
    void theProcessorsWaitForARightThatTheyLostAndGoOnByThemselves() throws Exception {
        ForebayConfig config = pipeline.config("lost-right", access.of(PROCESSORS, Access.Way.SCRAM));
        List<Right> all = AccessList.of(config).of(Component.PROCESSORS);
        String work = config.topics().work().name();
        List<Right> without = all.stream()
                .filter(right -> !right.resource().name().equals(work))
                .toList();
        broker.allow(PROCESSORS, all);
        try (RunningProcessors processors = RunningProcessors.start(config);
                SecurePipeline.End written = pipeline.endOf(work)) {
            pipeline.send("before");
            Bounded.await("the first text", () -> written.count() == 1);

            broker.allow(PROCESSORS, without);
            pipeline.send("without");
            Bounded.await("the wait", () -> processors.obstacle().isPresent());
            assertThat(processors.obstacle().orElseThrow())
                    .startsWith("intake is waiting for a right:")
                    .contains(work);
            assertThat(processors.failure()).isEmpty();

            broker.allow(PROCESSORS, all);
            Bounded.await("the second text", () -> written.count() == 2);
            Bounded.await("the end of the wait", () -> processors.obstacle().isEmpty());
        }
    }

    private interface Failing {
        String with(ForebayConfig config) throws Exception;
    }

    /** Takes one right after the other away; so the list is the least that there is. */
    private static void checkEachRight(String user, Component component, Failing failing) throws Exception {
        int count = AccessList.of(pipeline.config("count", access.of(user, Access.Way.SCRAM)))
                .of(component)
                .size();
        for (int i = 0; i < count; i++) {
            ForebayConfig config = pipeline.config("lacking-" + i, access.of(user, Access.Way.SCRAM));
            List<Right> rights = new ArrayList<>(AccessList.of(config).of(component));
            Right lacking = rights.remove(i);
            if (isFirstUsedByARetry(lacking, config)) {
                continue;
            }
            broker.allow(user, rights);

            assertThat(reason(() -> failing.with(config)))
                    .as(lacking.toString())
                    .contains(lacking.resource().name());
        }
    }

    /** Nothing else is written there, and whoever may read a topic sees that it exists. */
    private static boolean isFirstUsedByARetry(Right right, ForebayConfig config) {
        return right.operation() == AclOperation.WRITE
                && right.resource().name().equals(config.topics().retries().name());
    }

    private static String reason(Callable<String> failing) throws Exception {
        try {
            return failing.call();
        } catch (TopicException | GroupException | KafkaException e) {
            return FailedException.reason(e);
        }
    }

    /** It waits, and goes on when it is given the right. */
    private static String obstacleOfWorker(ForebayConfig config) throws Exception {
        AtomicReference<Map<String, String>> obstacles = new AtomicReference<>(Map.of());
        try (Worker worker = pipeline.startWorker(config)) {
            Bounded.await("what the worker waits for", () -> {
                obstacles.set(worker.state().obstacles());
                return !obstacles.get().isEmpty();
            });
            broker.allow(WORKER, AccessList.of(config).of(Component.WORKER));
            Bounded.await(
                    "the worker to go on", () -> worker.state().obstacles().isEmpty());
            assertThat(worker.failure()).isEmpty();
        }
        assertThat(obstacles.get().toString()).doesNotContain(CanaryAppender.CANARY);
        return obstacles.get().toString();
    }

    private static String waitOfProcessors(ForebayConfig config) throws Exception {
        try (RunningProcessors processors = RunningProcessors.start(config)) {
            Bounded.await(
                    "what the processors wait for", () -> processors.obstacle().isPresent());
            assertThat(processors.obstacle().orElseThrow()).doesNotContain(CanaryAppender.CANARY);
            return processors.obstacle().orElseThrow();
        }
    }
}
