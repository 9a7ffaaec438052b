package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.Topics;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    @Test
    void everyTopicThatIsReadOrWrittenIsLookedFor() {
        ProcessorsConfig config = Configs.read(
                """
                intake:
                  sources: [{topic: my.events, format: text, task: triage}]
                  enrich: [{name: c, topic: my.customers, format: text, by: c, attributes: {x: ''}, missing: wait}]
                verdict: {routes: [{name: a, to: my.route}, {name: b, to: forebay.results}]}
                """);

        assertThat(Processors.topics(config, Topics.defaults()))
                .containsExactlyInAnyOrder(
                        "my.events",
                        "my.customers",
                        "forebay.requests",
                        "forebay.work",
                        "forebay.work-bulk",
                        "forebay.outcomes",
                        "forebay.results",
                        "forebay.review",
                        "forebay.rejections",
                        "forebay.dead-letters",
                        "my.route");
    }

    @Test
    void topicOfTheDigestsIsLookedForWhereThereAreAny() {
        ProcessorsConfig config =
                Configs.read("digests: {windows: [{name: d, task: digest, window: {tumbling: 1 min}}]}");

        assertThat(Processors.topics(config, Topics.defaults()))
                .contains("forebay.digest-events")
                .doesNotContain("forebay.count-events");
    }

    @Test
    void topicsOfTheCompletionsAreLookedForWhereThereAreAny() {
        ProcessorsConfig config = Configs.read(
                """
                intake: {sources: [{topic: a, format: json, each: /l, text: /t, task: triage}]}
                digests: {completions: {within: 1 h}}
                """);

        assertThat(Processors.topics(config, Topics.defaults()))
                .contains("forebay.part-events", "forebay.completions")
                .doesNotContain("forebay.digest-events", "forebay.count-events");
    }

    @Test
    void topicsOfTheCountsAreLookedForWhereThereAreAny() {
        ProcessorsConfig config = Configs.read("digests: {aggregates: {to: support.counts}}");

        assertThat(Processors.topics(config, Topics.defaults()))
                .contains("forebay.count-events", "support.counts")
                .doesNotContain("forebay.digest-events");
    }
}
