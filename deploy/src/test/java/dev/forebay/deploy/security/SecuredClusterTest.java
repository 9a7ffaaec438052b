package dev.forebay.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pipeline on a broker that asks who comes, and lets each do what {@link AccessList} says and nothing else. */
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
    private static AccessList list;

    @BeforeAll
    static void start() throws Exception {
        TestKeys keys = new TestKeys(directory, "broker", WORKER, PROCESSORS);
        issuer = new TokenIssuer();
        System.setProperty(ALLOWED_URLS, issuer.url("/token") + "," + issuer.url("/keys"));
        broker = new SecureBroker(keys, issuer, WORKER, PROCESSORS, TOPICS);
        access = Access.of(broker, keys, issuer, directory);
        pipeline = new SecurePipeline(access, directory);
        ForebayConfig config = pipeline.config(access.of(TOPICS, Access.Way.SCRAM));
        list = AccessList.of(config);
        broker.allow(TOPICS, list.of(Component.TOPICS));
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

    @BeforeEach
    void allowTheLeast() throws Exception {
        broker.allow(WORKER, list.of(Component.WORKER));
        broker.allow(PROCESSORS, list.of(Component.PROCESSORS));
    }

    @ParameterizedTest
    @EnumSource
    void withTheLeastRightsEveryRecordReachesItsEndAndNoSecretReachesTheLog(Access.Way way) throws Exception {
        try (CanaryAppender log = new CanaryAppender()) {
            pipeline.passThrough(pipeline.config(access.of(WORKER, way)), pipeline.config(access.of(PROCESSORS, way)));

            assertThat(log.events()).isPositive();
            assertThat(log.leaks()).isEmpty();
        }
    }

    @Test
    void eachClientMayComeInAnotherWay() throws Exception {
        Map<String, String> kafka = new HashMap<>(access.of(WORKER, Access.Way.SCRAM));
        access.of(WORKER, Access.Way.OAUTHBEARER).forEach((key, value) -> kafka.put("consumer." + key, value));
        access.of(WORKER, Access.Way.CERTIFICATE).forEach((key, value) -> kafka.put("producer." + key, value));
        kafka.put("admin.client.id", "looks-for-topics");

        pipeline.passThrough(pipeline.config(kafka), pipeline.config(access.of(PROCESSORS, Access.Way.CERTIFICATE)));
    }

    @Test
    void theWorkerSaysWhichRightItLacks() throws Exception {
        ForebayConfig config = pipeline.config(access.of(WORKER, Access.Way.SCRAM));
        for (Right lacking : list.of(Component.WORKER)) {
            broker.allow(WORKER, without(lacking));

            assertThat(reason(() -> failureOf(config)))
                    .as(lacking.toString())
                    .contains(lacking.resource().name());
        }
    }

    @Test
    void theProcessorsSayWhichRightTheyLack() throws Exception {
        ForebayConfig config = pipeline.config(access.of(PROCESSORS, Access.Way.SCRAM));
        for (Right lacking : list.of(Component.PROCESSORS)) {
            broker.allow(PROCESSORS, without(lacking));

            assertThat(reason(() -> failureOfProcessors(config)))
                    .as(lacking.toString())
                    .contains(lacking.resource().name());
        }
    }

    private static List<Right> without(Right lacking) {
        List<Right> rights = new ArrayList<>(list.of(lacking.component()));
        rights.remove(lacking);
        return rights;
    }

    private static String reason(java.util.concurrent.Callable<Throwable> failing) throws Exception {
        try {
            return FailedException.reason(failing.call());
        } catch (TopicException e) {
            return FailedException.reason(e);
        }
    }

    private static Throwable failureOf(ForebayConfig config) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Worker worker = pipeline.startWorker(config)) {
            Bounded.await("the worker's failure", () -> worker.failure()
                    .map(f -> {
                        failure.set(f);
                        return true;
                    })
                    .orElse(false));
        }
        return failure.get();
    }

    private static Throwable failureOfProcessors(ForebayConfig config) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (RunningProcessors processors = RunningProcessors.start(config)) {
            Bounded.await("the processors' failure", () -> processors
                    .failure()
                    .map(f -> {
                        failure.set(f);
                        return true;
                    })
                    .orElse(false));
        }
        return failure.get();
    }
}
