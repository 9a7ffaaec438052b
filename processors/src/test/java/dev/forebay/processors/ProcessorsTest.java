package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.Topics;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    @Test
    void everyTopicThatIsReadOrWrittenIsLookedFor() {
        ProcessorsConfig config = Configs.read(
                """
                intake: {sources: [{topic: my.events, format: text, task: triage}]}
                verdict: {routes: [{name: a, to: my.route}, {name: b, to: forebay.results}]}
                """);

        assertThat(Processors.topics(config, Topics.defaults()))
                .containsExactlyInAnyOrder(
                        "my.events",
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
}
