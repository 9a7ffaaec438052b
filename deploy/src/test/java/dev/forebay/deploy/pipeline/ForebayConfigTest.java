package dev.forebay.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForebayConfigTest {
    @TempDir
    private Path directory;

    @Test
    void twelveMistakesAreTwelveProblems() throws IOException {
        Path file = write(
                """
                kafka:
                  client.id: forebay
                registry:
                  schema.registry.url: localhost
                topics:
                  results: two words
                  reviews: forebay.review
                models:
                  device: tpu
                tasks:
                  triage:
                    task: clasify
                  topic:
                    task: classify
                    labels: [billing]
                intake:
                  sources:
                    - topic: support.messages
                      format: csv
                      columns: [id, text]
                      text: body
                      task: triage
                verdict:
                  abstain-below: 1.5
                worker:
                  commit-interval: 200
                  batch:
                    counts: 64
                observ: {}
                """);

        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> ForebayConfig.read(file));

        assertThat(refused.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "kafka.bootstrap.servers",
                        "registry.schema.registry.url",
                        "topics.results",
                        "topics.reviews",
                        "models.device",
                        "tasks.triage.task",
                        "tasks.topic.labels",
                        "intake.sources[0].text",
                        "verdict.abstain-below",
                        "worker.commit-interval",
                        "worker.batch.counts",
                        "observ");
        assertThat(refused.problems())
                .allMatch(problem ->
                        !problem.allowed().isBlank() && !problem.fix().isBlank());
    }

    @Test
    void fileWithoutAClusterIsGoodWhereAnyClusterWillDo() throws IOException {
        Path file = write("tasks: {embed: {task: embed}}");

        assertThat(ForebayConfig.readForAnyCluster(file).namesCluster()).isFalse();
        assertThat(catchThrowableOfType(ConfigException.class, () -> ForebayConfig.read(file))
                        .problems())
                .extracting(Problem::key)
                .containsExactly("kafka.bootstrap.servers");
    }

    @Test
    void builtInConfigurationIsGood() {
        ForebayConfig config = ForebayConfig.builtIn();

        assertThat(config.namesCluster()).isFalse();
        assertThat(TopicPlan.of(config).names()).startsWith("forebay.texts").contains("forebay.dead-letters");
    }

    @Test
    void anotherClusterChangesNothingElse() {
        ForebayConfig config = ForebayConfig.builtIn();

        ForebayConfig there = config.on("localhost:1", "http://localhost:2");

        assertThat(there.kafka().forAdmin()).containsEntry("bootstrap.servers", "localhost:1");
        assertThat(there.tasks()).isEqualTo(config.tasks());
        assertThat(there.worker()).isEqualTo(config.worker());
    }

    @Test
    void digestsHaveATopicAndRightsOfTheirOwn() throws IOException {
        String without =
                """
                kafka: {bootstrap.servers: "localhost:1"}
                tasks: {embed: {task: embed}, brief: {task: summarize}}
                """;
        ForebayConfig none = ForebayConfig.read(write(without));
        ForebayConfig some = ForebayConfig.read(
                write(without + "digests: {windows: [{name: all, task: brief, window: {tumbling: 10 min}}]}\n"));

        assertThat(TopicPlan.of(none).names()).doesNotContain("forebay.digest-events");
        assertThat(TopicPlan.of(some).names()).contains("forebay.digest-events");
        List<String> more = new ArrayList<>(rights(some));
        more.removeAll(rights(none));
        assertThat(more)
                .containsExactly(
                        "READ TOPIC forebay.work",
                        "READ TOPIC forebay.work-bulk",
                        "READ TOPIC forebay.digest-events",
                        "WRITE TOPIC forebay.digest-events",
                        "CREATE TOPIC forebay-digest-",
                        "READ TOPIC forebay-digest-",
                        "WRITE TOPIC forebay-digest-",
                        "READ GROUP forebay-digest",
                        "WRITE TRANSACTIONAL_ID forebay-digest-");
    }

    @Test
    void countsHaveTopicsAndRightsOfTheirOwn() throws IOException {
        String without =
                """
                kafka: {bootstrap.servers: "localhost:1"}
                tasks: {embed: {task: embed}}
                """;
        ForebayConfig none = ForebayConfig.read(write(without));
        ForebayConfig some = ForebayConfig.read(write(without + "digests: {aggregates: {to: support.counts}}\n"));

        assertThat(TopicPlan.of(none).names()).doesNotContain("forebay.count-events");
        assertThat(TopicPlan.of(some).entries())
                .filteredOn(entry -> entry.name().equals("support.counts"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.settings()).containsEntry("cleanup.policy", "compact,delete"));
        List<String> more = new ArrayList<>(rights(some));
        more.removeAll(rights(none));
        assertThat(more)
                .containsExactly(
                        "READ TOPIC forebay.review",
                        "READ TOPIC forebay.rejections",
                        "READ TOPIC forebay.count-events",
                        "WRITE TOPIC forebay.count-events",
                        "WRITE TOPIC support.counts",
                        "CREATE TOPIC forebay-digest-",
                        "READ TOPIC forebay-digest-",
                        "WRITE TOPIC forebay-digest-",
                        "READ GROUP forebay-digest",
                        "WRITE TRANSACTIONAL_ID forebay-digest-");
    }

    @Test
    void completionsHaveTopicsAndRightsOfTheirOwn() throws IOException {
        String without =
                """
                kafka: {bootstrap.servers: "localhost:1"}
                tasks: {embed: {task: embed}}
                topics: {completions: {name: support.whole, format: json}}
                intake: {sources: [{topic: chats, format: json, each: /l, text: /t, task: embed}]}
                """;
        ForebayConfig none = ForebayConfig.read(write(without));
        ForebayConfig some = ForebayConfig.read(write(without + "digests: {completions: {within: 1 d}}\n"));

        assertThat(TopicPlan.of(none).names()).doesNotContain("forebay.part-events", "support.whole");
        assertThat(TopicPlan.of(some).names()).contains("forebay.part-events");
        assertThat(TopicPlan.of(some).entries())
                .filteredOn(entry -> entry.name().equals("support.whole"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.format()).isEqualTo("json");
                    assertThat(entry.settings()).containsEntry("cleanup.policy", "compact,delete");
                });
        List<String> more = new ArrayList<>(rights(some));
        more.removeAll(rights(none));
        assertThat(more)
                .containsExactly(
                        "READ TOPIC forebay.rejections",
                        "READ TOPIC forebay.dead-letters",
                        "READ TOPIC forebay.part-events",
                        "WRITE TOPIC forebay.part-events",
                        "WRITE TOPIC support.whole",
                        "CREATE TOPIC forebay-digest-",
                        "READ TOPIC forebay-digest-",
                        "WRITE TOPIC forebay-digest-",
                        "READ GROUP forebay-digest",
                        "WRITE TRANSACTIONAL_ID forebay-digest-");
    }

    private static List<String> rights(ForebayConfig config) {
        return AccessList.of(config).of(AccessList.Component.PROCESSORS).stream()
                .map(right -> right.operation() + " " + right.resource().resourceType() + " "
                        + right.resource().name())
                .toList();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("forebay.yaml"), yaml);
    }
}
