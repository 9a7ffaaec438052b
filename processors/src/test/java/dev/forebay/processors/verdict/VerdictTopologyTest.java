package dev.forebay.processors.verdict;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.Refused;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.Generation;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Span;
import dev.forebay.schemas.record.Summary;
import dev.forebay.schemas.record.Verdict;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTopologyTest {
    private static final String VERDICT =
            """
            verdict:
              abstain-below: 0.5
              routes:
                - name: refunds-de
                  when: task == 'triage' && label in ['refund', 'billing'] && score >= 0.8 && attributes.country == 'DE'
                  to: support.refunds
                  format: %s
                - {name: refunds, when: label == 'refund', to: support.refunds, format: %s}
                - {name: vectors, when: attributes.kind == 'vector', to: support.vectors}
            """;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(TopicFormat.AVRO), "verdict.txt");
    }

    @ParameterizedTest
    @EnumSource
    void resultThatNoRuleWantsIsReleasedUnchangedButForItsVerdict(TopicFormat format) {
        Result outcome = Results.labelled("card", 0.9);
        try (TopologyRun run = new TopologyRun(topology(format))) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("traceparent", bytes("00-ab-cd-01")).add("empty", null);
            run.pipe("forebay.outcomes", new TestRecord<>(bytes("k-1"), encoded(format, outcome), headers, STAMP));

            TestRecord<byte[], byte[]> out = run.only("forebay.results");
            assertThat(result(topics(format).results(), out))
                    .isEqualTo(with(outcome, new Verdict(Decision.RELEASED, null, null, null, null, null, null)));
            assertThat(out.key()).isEqualTo(bytes("k-1"));
            assertThat(out.getRecordTime()).isEqualTo(STAMP);
            assertThat(out.headers()).isEqualTo(headers);
            run.assertNothingElse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void resultGoesToTheTopicOfTheFirstRouteInTheFormatOfTheRoute(TopicFormat format) {
        Result german = Results.labelled("triage", "refund", 0.8, Map.of("country", "DE"));
        Result french = Results.labelled("triage", "refund", 0.8, Map.of("country", "FR"));
        try (TopologyRun run = new TopologyRun(topology(format))) {
            run.pipe("forebay.outcomes", record(encoded(format, german)));
            run.pipe("forebay.outcomes", record(encoded(format, french)));

            assertThat(run.all("support.refunds"))
                    .extracting(out -> result(new Topics.Topic("support.refunds", format), out))
                    .containsExactly(
                            with(german, new Verdict(Decision.RELEASED, "refunds-de", null, null, null, null, null)),
                            with(french, new Verdict(Decision.RELEASED, "refunds", null, null, null, null, null)));
            run.assertNothingElse();
        }
    }

    @Test
    void maskedResultGoesItsWayWithoutWhatTheModelWrote() {
        String masking =
                """
                verdict:
                  moderation: [{name: secret, when: text.contains('code'), action: mask}]
                  routes: [{name: all, when: task == 'triage', to: support.all, format: json, fields: {said: text, kind: kind}}]
                """;
        try (TopologyRun run = new TopologyRun(topology(masking))) {
            Result summary = Result.newBuilder(Results.labelled("card", 0.9))
                    .setOutcome(new Summary("the code is 4711", List.of(new Span(0, 16))))
                    .build();
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, summary)));
            assertThat(new String(run.only("support.all").value(), UTF_8))
                    .isEqualTo("{\"said\":\"[MASKED]\",\"kind\":\"summary\"}");

            Result elsewhere = Result.newBuilder(summary)
                    .setTask("digest")
                    .setOutcome(new Generation("the code is 4711", "stop", 3, 4))
                    .build();
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, elsewhere)));
            Result masked = Result.newBuilder(elsewhere)
                    .setOutcome(new Generation("[MASKED]", "stop", 3, 4))
                    .build();
            assertThat(result(Topics.defaults().results(), run.only("forebay.results")))
                    .isEqualTo(with(masked, new Verdict(Decision.RELEASED, null, null, "secret", null, null, null)));
            run.assertNothingElse();
        }
    }

    @Test
    void unsureResultIsReviewedEvenWhereARouteWouldMatch() {
        Result outcome = Results.labelled("refund", 0.49);
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, outcome)));

            assertThat(result(Topics.defaults().review(), run.only("forebay.review")))
                    .isEqualTo(with(
                            outcome,
                            new Verdict(
                                    Decision.REVIEW,
                                    null,
                                    "The score 0.49 is below the threshold 0.5.",
                                    null,
                                    null,
                                    null,
                                    null)));
            run.assertNothingElse();
        }
    }

    @Test
    void outcomeWithoutALabelIsRoutedByWhatItHas() {
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, Results.embedded(Map.of("kind", "vector")))));
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, Results.embedded(Map.of()))));

            assertThat(run.all("support.vectors")).hasSize(1);
            assertThat(run.all("forebay.results")).hasSize(1);
            run.assertNothingElse();
        }
    }

    @Test
    void blockedResultIsARejectionAndTheReviewedOneNamesItsRule() {
        String moderation =
                """
                verdict:
                  moderation:
                    - {name: vip, when: has(attributes.vip), action: allow}
                    - {name: toxic, when: scores.insult >= 0.9, action: block}
                    - {name: unsure, when: scores.insult >= 0.5, action: review}
                  routes: [{name: all, to: support.all}]
                """;
        try (TopologyRun run = new TopologyRun(topology(moderation))) {
            for (Result outcome : List.of(
                    Results.labelled("insult", 0.95),
                    Results.labelled("insult", 0.6),
                    Results.labelled("triage", "insult", 0.95, Map.of("vip", "yes")),
                    Results.labelled("praise", 0.9))) {
                run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, outcome)));
            }

            TestRecord<byte[], byte[]> rejected = run.only("forebay.rejections");
            Rejection rejection =
                    TopologyRun.decoded(codecs.of(Topics.defaults().rejections(), Rejection.class), rejected.value());
            assertThat(rejection.getCode()).isEqualTo("output_blocked");
            assertThat(rejection.getStage()).isEqualTo("verdict");
            assertThat(rejection.getMessage())
                    .isEqualTo(
                            "The rule toxic of verdict.moderation blocks what the model said: label insult, score 0.95.");
            assertThat(TopologyRun.header(rejected, "forebay-code")).isEqualTo("output_blocked");
            assertThat(result(Topics.defaults().review(), run.only("forebay.review"))
                            .getVerdict())
                    .isEqualTo(new Verdict(
                            Decision.REVIEW,
                            null,
                            "The rule unsure holds: label insult, score 0.6.",
                            "unsure",
                            null,
                            null,
                            null));
            assertThat(run.all("support.all"))
                    .extracting(out -> result(new Topics.Topic("support.all", TopicFormat.AVRO), out)
                            .getVerdict())
                    .containsExactly(
                            new Verdict(Decision.RELEASED, "all", null, "vip", null, null, null),
                            new Verdict(Decision.RELEASED, "all", null, null, null, null, null));
            run.assertNothingElse();
        }
    }

    @Test
    void ruleWithoutAnAnswerSendsTheResultToAPerson() {
        String routes =
                "verdict: {routes: [{name: big, when: int(attributes.n) > 3, to: support.big}, {name: all, to: support.all}]}";
        try (TopologyRun run = new TopologyRun(topology(routes))) {
            run.pipe(
                    "forebay.outcomes",
                    record(encoded(TopicFormat.AVRO, Results.labelled("triage", "card", 0.9, Map.of("n", "many")))));

            assertThat(result(Topics.defaults().review(), run.only("forebay.review"))
                            .getVerdict())
                    .isEqualTo(new Verdict(
                            Decision.REVIEW,
                            null,
                            "A rule has no answer: bad format in int(attributes.n) > 3.",
                            null,
                            null,
                            null,
                            null));
            run.assertNothingElse();
        }
    }

    @Test
    void routesThatAllMatchEachGetTheirOwnShape() {
        String routes =
                """
                verdict:
                  routing: all
                  routes:
                    - {name: whole, to: support.whole, format: json}
                    - name: shaped
                      to: support.shaped
                      format: json
                      key: attributes.customer
                      headers: {x-label: label, traceparent: "'replaced'", x-none: attributes.none}
                      fields:
                        ticket: request_id
                        queue: "'refunds-' + attributes.country"
                        sure: score >= 0.8
                        score: score
                        tokens: tokens
                        none: attributes.none
                        labels: scores.map(l, l).size()
                    - {name: event, to: support.events, format: cloudevents, fields: {label: label}}
                """;
        Result outcome = Results.labelled("triage", "refund", 0.9, Map.of("country", "DE", "customer", "c-7"));
        try (TopologyRun run = new TopologyRun(topology(routes))) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("traceparent", bytes("00-ab-cd-01"));
            run.pipe(
                    "forebay.outcomes",
                    new TestRecord<>(bytes("k-1"), encoded(TopicFormat.AVRO, outcome), headers, STAMP));

            TestRecord<byte[], byte[]> whole = run.only("support.whole");
            assertThat(result(new Topics.Topic("support.whole", TopicFormat.JSON), whole))
                    .isEqualTo(with(outcome, new Verdict(Decision.RELEASED, "whole", null, null, null, null, null)));
            assertThat(whole.key()).isEqualTo(bytes("k-1"));
            TestRecord<byte[], byte[]> shaped = run.only("support.shaped");
            assertThat(new String(shaped.value(), UTF_8))
                    .isEqualTo("{\"ticket\":\"r-1\",\"queue\":\"refunds-DE\",\"sure\":true,\"score\":0.9,\"tokens\":12,"
                            + "\"labels\":2}");
            assertThat(shaped.key()).isEqualTo(bytes("c-7"));
            assertThat(TopologyRun.header(shaped, "x-label")).isEqualTo("refund");
            assertThat(TopologyRun.header(shaped, "traceparent")).isEqualTo("replaced");
            assertThat(shaped.headers().lastHeader("x-none")).isNull();
            TestRecord<byte[], byte[]> event = run.only("support.events");
            assertThat(new String(event.value(), UTF_8)).isEqualTo("{\"label\":\"refund\"}");
            assertThat(TopologyRun.header(event, "ce_specversion")).isEqualTo("1.0");
            assertThat(TopologyRun.header(event, "ce_id")).isEqualTo("r-1");
            assertThat(TopologyRun.header(event, "ce_source")).isEqualTo("/forebay/acme/triage");
            assertThat(TopologyRun.header(event, "content-type")).isEqualTo("application/json");
            run.assertNothingElse();
        }
    }

    @Test
    void textOfTheRequestIsForTheReviewAlone() {
        Result unsure = Result.newBuilder(Results.labelled("card", 0.3))
                .setText("give it back")
                .build();
        Result sure = Result.newBuilder(Results.labelled("card", 0.9))
                .setText("give it back")
                .build();
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, unsure)));
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, sure)));

            assertThat(result(Topics.defaults().review(), run.only("forebay.review"))
                            .getText())
                    .isEqualTo("give it back");
            assertThat(result(Topics.defaults().results(), run.only("forebay.results"))
                            .getText())
                    .isNull();
        }
    }

    @Test
    void earlierVerdictIsReplaced() {
        Result decided = with(
                Results.labelled("card", 0.9), new Verdict(Decision.REVIEW, null, "earlier", null, null, null, null));
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            run.pipe("forebay.outcomes", record(encoded(TopicFormat.AVRO, decided)));

            assertThat(result(Topics.defaults().results(), run.only("forebay.results"))
                            .getVerdict())
                    .isEqualTo(new Verdict(Decision.RELEASED, null, null, null, null, null, null));
        }
    }

    @Test
    void outcomeThatCannotBeReadBecomesADeadLetterWithItsBytes() {
        byte[] broken = {0, 0, 0, 0, 9, 1, 2};
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("forebay-request-id", bytes("r-7"));
            run.pipe("forebay.outcomes", new TestRecord<>(null, broken, headers, STAMP));
            run.pipe("forebay.outcomes", new TestRecord<>(bytes("k"), null, new RecordHeaders(), STAMP));

            var letters = run.all("forebay.dead-letters");
            DeadLetter first = letter(letters.get(0));
            assertThat(first.getValue()).isEqualTo(ByteBuffer.wrap(broken));
            assertThat(first.getCode()).isEqualTo("schema_unknown");
            assertThat(first.getStage()).isEqualTo("verdict");
            assertThat(first.getRequestId()).isEqualTo("r-7");
            assertThat(letters.get(0).key()).isEqualTo(bytes("r-7"));
            assertThat(TopologyRun.header(letters.get(0), "forebay-stage")).isEqualTo("verdict");
            assertThat(letter(letters.get(1)).getCode()).isEqualTo("null_value");
            assertThat(letter(letters.get(1)).getRequestId()).isNull();
            run.assertNothingElse();
        }
    }

    @Test
    void resultThatItsTopicRefusedBecomesADeadLetterWithoutItsValue() {
        byte[] outcome = encoded(TopicFormat.AVRO, Results.labelled("card", 0.9));
        Refusals refusals = Refused.by("forebay.results", 2_000_000, new Position("forebay.outcomes", 0, 0));
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO, refusals))) {
            run.pipe("forebay.outcomes", record(outcome));
            run.pipe("forebay.outcomes", record(outcome));

            DeadLetter letter = letter(run.only("forebay.dead-letters"));
            assertThat(letter.getCode()).isEqualTo("output_too_large");
            assertThat(letter.getMessage()).contains("2000000 bytes", "topic forebay.results");
            assertThat(letter.getRequestId())
                    .isEqualTo(Results.labelled("card", 0.9).getRequestId());
            assertThat(letter.getValue()).isNull();
            assertThat(letter.getValueSize()).isEqualTo(outcome.length);
            assertThat(letter.getValueSha256()).hasSize(64);
            assertThat(run.all("forebay.results")).as("its neighbour").hasSize(1);
            run.assertNothingElse();
        }
    }

    @Test
    void registryThatDoesNotAnswerStopsTheRecordInsteadOfSkippingIt() {
        try (TopologyRun run = new TopologyRun(topology(TopicFormat.AVRO))) {
            byte[] outcome = encoded(TopicFormat.AVRO, Results.labelled("card", 0.9));
            registry.down();

            assertThatThrownBy(() -> run.pipe("forebay.outcomes", record(outcome)))
                    .hasStackTraceContaining(RegistryUnavailableException.class.getName());
            run.assertNothingElse();
        }
    }

    private Topology topology(TopicFormat format) {
        return topology(format, new Refusals());
    }

    private Topology topology(String verdict) {
        return VerdictTopology.build(
                Configs.read(verdict).verdict(), Topics.defaults(), codecs, () -> NOW, new Refusals());
    }

    private Topology topology(TopicFormat format, Refusals refusals) {
        String name = format == TopicFormat.AVRO ? "avro" : "json";
        VerdictConfig config = Configs.read(VERDICT.formatted(name, name)).verdict();
        return VerdictTopology.build(config, topics(format), codecs, () -> NOW, refusals);
    }

    private static Topics topics(TopicFormat format) {
        Map<String, String> topic = Map.of("format", format == TopicFormat.AVRO ? "avro" : "json");
        return Topics.read(Section.of(Map.of("outcomes", topic, "results", topic), new Problems()));
    }

    private byte[] encoded(TopicFormat format, Result outcome) {
        return codecs.of(topics(format).outcomes(), Result.class).encode(outcome);
    }

    private Result result(Topics.Topic topic, TestRecord<byte[], byte[]> out) {
        return TopologyRun.decoded(codecs.of(topic, Result.class), out.value());
    }

    private DeadLetter letter(TestRecord<byte[], byte[]> out) {
        return TopologyRun.decoded(codecs.of(Topics.defaults().deadLetters(), DeadLetter.class), out.value());
    }

    private static Result with(Result outcome, Verdict verdict) {
        return Result.newBuilder(outcome).setVerdict(verdict).build();
    }

    private static TestRecord<byte[], byte[]> record(byte[] value) {
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP);
    }
}
