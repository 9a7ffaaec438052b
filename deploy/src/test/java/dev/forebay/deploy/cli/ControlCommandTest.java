package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policy that is changed on a real broker while the processors run, and that outlives them. */
final class ControlCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CONFIG =
            """
            kafka: {bootstrap.servers: '%s'}
            registry: {schema.registry.url: '%s', auto.register.schemas: true}
            processors: {control: true}
            tasks: {triage: {task: classify, labels: [refund, fault]}}
            intake: {sources: [{topic: chats, format: text, task: triage}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void taskIsStoppedAndGoesOnWhileTheProcessorsRun() throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            String file = write("forebay.yaml", CONFIG.formatted(cluster.bootstrapServers(), cluster.registryUrl()));
            String stop = write("stop.yaml", "intake: {stopped-tasks: [triage]}\n");
            ForebayConfig config = ForebayConfig.read(Path.of(file));
            try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
                broker.create(TopicPlan.of(config), Optional.of(2));
            }
            assertThat(CapturedConsole.run("control", "list", file).err()).contains("Nothing was changed");
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(cluster, config, "forebay.work"))
                        .isNotEmpty());

                CapturedConsole set =
                        CapturedConsole.run("control", "set", file, stop, "--by", "kim", "--reason", "sick");
                assertThat(set.err()).contains("version 0 is written");
                assertThat(set.code()).isZero();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(cluster, config, "forebay.rejections"))
                        .isNotEmpty()
                        .allMatch(r -> r.contains("task_stopped") && r.contains("\"policy_version\":0")));

                // A tool that does not look at what it writes.
                produce(config, "forebay.control", "tool", "intake: {sources: []}");
                assertThat(CapturedConsole.run("control", "clear", file, "--by", "lee")
                                .err())
                        .contains("version 2");
                int before = CapturedConsole.read(cluster, "forebay.work").size();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(cluster, config, "forebay.work"))
                        .hasSizeGreaterThan(before));
                assertThat(processors.failure()).isEmpty();
            }
            CapturedConsole again = CapturedConsole.run("control", "set", file, stop);
            assertThat(again.err()).contains("version 3");
            assertThat(CapturedConsole.run("control", "list", file).out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("VERSION", "BY", "REASON", "STATE"),
                            line -> assertThat(line).contains("kim", "sick", "replaced"),
                            line -> assertThat(line).contains("refused: intake.sources"),
                            line -> assertThat(line).contains("lee", "replaced"),
                            line -> assertThat(line).contains("in force"));
            assertThat(CapturedConsole.run("control", "show", file).out())
                    .isEqualTo("intake: {stopped-tasks: [triage]}\n");
            assertThat(CapturedConsole.run("control", "show", file, "2").err()).contains("The configuration alone.");

            int rejected = CapturedConsole.read(cluster, "forebay.rejections").size();
            produce(config, "chats", "c", "before the processors are there");
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(CapturedConsole.read(cluster, "forebay.rejections"))
                                .hasSizeGreaterThan(rejected));
                assertThat(CapturedConsole.read(cluster, "forebay.rejections").stream()
                                .skip(rejected))
                        .as("the changes are read before the first event")
                        .allMatch(r -> r.contains("\"policy_version\":3"));
                assertThat(processors.failure()).isEmpty();
            }
        }
    }

    @Test
    void topicOfSeveralPartitionsIsRefusedByTheCheck() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            String file = write("forebay.yaml", CONFIG.formatted(cluster.bootstrapServers(), cluster.registryUrl()));
            ForebayConfig config = ForebayConfig.read(Path.of(file));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
                    BrokerTopics broker = BrokerTopics.of(config.kafka())) {
                admin.createTopics(List.of(new NewTopic("forebay.control", Optional.of(3), Optional.empty())))
                        .all()
                        .get();
                broker.create(TopicPlan.of(config), Optional.of(2));
                assertThat(CapturedConsole.run("check", "--online", file).err())
                        .contains("Topic forebay.control, changes of the policy, has 3 partitions and has to have 1");

                admin.deleteTopics(List.of("forebay.control")).all().get();
                await().atMost(PATIENCE)
                        .until(() -> !admin.listTopics().names().get().contains("forebay.control"));
            }
            assertThat(CapturedConsole.run("topics", "--create", file).code()).isZero();
            CapturedConsole good = CapturedConsole.run("check", "--online", file);
            assertThat(good.err()).doesNotContain("forebay.control");
            assertThat(good.code()).isZero();
        }
    }

    @Test
    void wrongChangeIsNotWrittenAndAConfigurationWithoutChangesIsToldSo() throws IOException {
        String file = write("forebay.yaml", CONFIG.formatted("localhost:1", "http://localhost:1"));
        String plain = write("plain.yaml", "{kafka: {bootstrap.servers: 'localhost:1'}, tasks: {e: {task: embed}}}");
        String wrong = write("wrong.yaml", "verdict: {abstain-belo: 0.5}");
        String right = write("right.yaml", "verdict: {abstain-below: 0.5}");

        CapturedConsole refused = CapturedConsole.run("control", "set", file, wrong);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("verdict.abstain-belo");
        CapturedConsole tried = CapturedConsole.run("control", "set", file, right, "--dry-run");
        assertThat(tried.code()).isZero();
        assertThat(tried.err()).contains("Nothing was written");
        CapturedConsole absent = CapturedConsole.run("control", "set", plain, right);
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("Set processors.control: true");
    }

    /** Sends an event, and gives what a topic has. */
    private static List<String> sent(EmbeddedCluster cluster, ForebayConfig config, String topic) {
        produce(config, "chats", "c", "my card is late");
        return CapturedConsole.read(cluster, topic);
    }

    private static void produce(ForebayConfig config, String topic, String key, String value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(
                    topic, 0, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
