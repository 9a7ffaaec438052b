package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.Configs;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.enrich.ReferenceUnavailableException;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passages that Forebay's own results hold, and questions that are such results as well. */
class RetrievedIntakeTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String CONFIG =
            """
            intake:
              sources:
                - {topic: questions, format: json, text: /text, id: /id, tenant-from: /tenant, task: digest}
                - {topic: embedded, format: avro, id: request_id, text: attributes.text, tenant-from: tenant, task: triage,
                   attributes: {vector: outcome.vector}}
              enrich:
                - name: handbook
                  topic: passages
                  format: avro
                  by: vector
                  tasks: [triage]
                  missing: %s
                  nearest:
                    vector: outcome.vector
                    dimensions: 2
                    tenant: tenant
                    least: 0.5
                    keys: passages
                    context: {text: attributes.text, template: "{passages}\\n\\nQ: {text}"}
            """;

    private final MemoryRegistry registry = new MemoryRegistry();
    private Codecs codecs = Codecs.over(registry);
    private Instant clock = NOW;

    @Test
    void embeddedQuestionGetsThePassagesOfItsTenant() {
        try (TopologyRun run = new TopologyRun(topology("reject"))) {
            run.pipe("passages", result("h-1", "acme", "Money comes back.", 1, 0));
            run.pipe("passages", result("h-2", "acme", "Cards are sent.", 0, 1));
            run.pipe("passages", result("b-1", "bolt", "Nobody else's.", 1, 0.01f));

            run.pipe("embedded", result("q-1", "acme", "Where is it?", 1, 0.1f));
            Request request = decoded(run.only("forebay.work"));
            assertThat(request.getText()).isEqualTo("[1] Money comes back.\n\nQ: Where is it?");
            assertThat(request.getTask()).isEqualTo("triage");
            assertThat(request.getAttributes())
                    .as("the vector has done its work")
                    .isEqualTo(Map.of("passages", "[\"h-1\"]"));

            run.pipe("embedded", result("q-2", "bolt", "And mine?", 1, 0.1f));
            assertThat(decoded(run.only("forebay.work")).getText()).isEqualTo("[1] Nobody else's.\n\nQ: And mine?");

            run.pipe("embedded", result("q-3", "carl", "And mine?", 1, 0.1f));
            Rejection rejection = TopologyRun.decoded(
                    codecs.of(TOPICS.rejections(), Rejection.class),
                    run.only("forebay.rejections").value());
            assertThat(rejection.getCode()).isEqualTo("reference_missing");
            run.assertNothingElse();
        }
    }

    @Test
    void firstHopOfAQuestionIsLeftAlone() {
        try (TopologyRun run = new TopologyRun(topology("reject"))) {
            run.pipe("questions", record("k", bytes("{\"id\": \"q\", \"text\": \"Where?\", \"tenant\": \"acme\"}")));

            assertThat(decoded(run.only("forebay.work")).getText()).isEqualTo("Where?");
        }
    }

    @Test
    void passageIsSeenSoonAfterItIsWrittenReplacedAndDeleted() {
        try (TopologyRun run = new TopologyRun(topology("reject"))) {
            run.pipe("passages", result("h-1", "acme", "Old.", 1, 0));
            assertThat(asked(run)).startsWith("[1] Old.\n");

            run.pipe("passages", result("h-1", "acme", "New.", 1, 0));
            clock = clock.plus(Duration.ofSeconds(1));
            assertThat(asked(run)).startsWith("[1] New.\n");

            run.pipe("passages", result("h-2", "acme", "More.", 1, 0));
            run.pipe("passages", record("h-1", bytes("no Avro")));
            clock = clock.plus(Duration.ofSeconds(1));
            assertThat(asked(run)).startsWith("[1] More.\n\n");

            run.pipe("passages", record("h-2", null));
            clock = clock.plus(Duration.ofSeconds(1));
            run.pipe("embedded", result("q-1", "acme", "Where is it?", 1, 0.1f));
            assertThat(run.all("forebay.rejections")).hasSize(1);
        }
    }

    @Test
    void questionIsNotTakenBeforeThereIsAPassageForIt() {
        try (TopologyRun run = new TopologyRun(topology("wait"))) {
            assertThatThrownBy(() -> asked(run))
                    .hasStackTraceContaining(ReferenceUnavailableException.class.getName())
                    .hasStackTraceContaining("no passage is near enough to the attribute 'vector', for embedded-0-0");
            run.assertNothingElse();
        }
    }

    @Test
    void absenceOfTheRegistrySkipsNoPassage() {
        TestRecord<byte[], byte[]> passage = result("h-1", "acme", "Money comes back.", 1, 0);
        registry.down();
        codecs = Codecs.over(registry);
        try (TopologyRun run = new TopologyRun(topology("reject"))) {
            assertThatThrownBy(() -> run.pipe("passages", passage))
                    .hasStackTraceContaining(RegistryUnavailableException.class.getName());
        }
    }

    /** The text of one more question that goes on. */
    private String asked(TopologyRun run) {
        run.pipe("embedded", result("q-1", "acme", "Where is it?", 1, 0.1f));
        return decoded(run.only("forebay.work")).getText();
    }

    private TestRecord<byte[], byte[]> result(String key, String tenant, String text, float... vector) {
        List<Float> numbers = List.of(vector[0], vector[1]);
        Result result = new Result(
                key,
                "digest",
                tenant,
                new Embedding(numbers, false),
                new ModelRef("m", "v"),
                Coverage.WHOLE,
                3,
                Map.of("text", text),
                STAMP,
                STAMP,
                null,
                null);
        return record(key, codecs.of(TOPICS.results(), Result.class).encode(result));
    }

    private static TestRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new TestRecord<>(bytes(key), value, new RecordHeaders(), STAMP);
    }

    private Request decoded(TestRecord<byte[], byte[]> record) {
        return TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value());
    }

    private Topology topology(String missing) {
        return IntakeTopology.build(
                Configs.read(CONFIG.formatted(missing)).intake(), TOPICS, codecs, () -> clock, new Refusals());
    }
}
