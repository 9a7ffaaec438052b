package dev.forebay.processors.verdict;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.record.Verdict;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of a task that is calibrated: thresholds and rules go by the probability, the score stays as it is. */
class CalibratedVerdictTest {
    /** Results come from the model version 0123456789ab. */
    private static final String VERDICT =
            """
            verdict:
              review-decisions: true
              abstain-below: 0.5
              calibration:
                triage:
                  model: 0123456789ab
                  points: {0.25: 0.125, 0.5: 0.25, 1: 1}
              moderation: [{name: sure-insult, when: label == 'insult' && confidence >= 0.9, action: block}]
              routes:
                - {name: sure, when: label == 'refund' && confidence >= 0.8, to: support.sure, format: json,
                   fields: {score: score, confidence: confidence}}
            """;

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final Uncalibrated uncalibrated = new Uncalibrated();
    private final List<String> notes = new ArrayList<>();

    @Test
    void confidenceIsInTheVerdictAndTheScoreAsTheModelSaidIt() {
        Result outcome = Results.labelled("card", 0.75);
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.outcomes", record(outcome));

            Result released = result("forebay.results", run);
            assertThat(released.getVerdict())
                    .isEqualTo(new Verdict(Decision.RELEASED, null, null, null, null, null, 0.625));
            assertThat(released.getOutcome()).isEqualTo(outcome.getOutcome());
            assertThat(notes).first().isEqualTo("calibrate: score 0.75 is a confidence of 0.625");
            run.assertNothingElse();
        }
    }

    @Test
    void thresholdIsOfTheConfidence() {
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.outcomes", record(Results.labelled("card", 0.5)));

            Verdict verdict = result("forebay.review", run).getVerdict();
            assertThat(verdict.getReason())
                    .isEqualTo("The confidence 0.25, of the score 0.5, is below the threshold 0.5.");
            assertThat(verdict.getConfidence()).isEqualTo(0.25);
            run.assertNothingElse();
        }
    }

    @Test
    void rulesSeeBoth() {
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.outcomes", record(Results.labelled("refund", 0.875)));
            assertThat(new String(run.only("support.sure").value(), UTF_8))
                    .isEqualTo("{\"score\":0.875,\"confidence\":0.8125}");

            run.pipe("forebay.outcomes", record(Results.labelled("insult", 1)));
            assertThat(TopologyRun.decoded(
                                    codecs.of(Topics.defaults().rejections(), Rejection.class),
                                    run.only("forebay.rejections").value())
                            .getMessage())
                    .endsWith("label insult, score 1.0, confidence 1.0.");
            run.assertNothingElse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.99, insult", "0.99, refund", "0.1, card"})
    void resultOfAnotherModelIsReviewedWhateverItsScoreAndIsCounted(double score, String label) {
        Result outcome = Result.newBuilder(Results.labelled(label, score))
                .setModel(new ModelRef("minilm", "feedfeedfeed"))
                .build();
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.outcomes", record(outcome));

            Verdict verdict = result("forebay.review", run).getVerdict();
            assertThat(verdict.getReason())
                    .isEqualTo("Its confidence is unknown. The task triage is calibrated for the model version"
                            + " 0123456789ab, and this is minilm@feedfeedfeed.");
            assertThat(verdict.getConfidence()).isNull();
            assertThat(uncalibrated.count()).isOne();
            run.assertNothingElse();
        }
    }

    @Test
    void withoutAThresholdAResultOfAnotherModelGoesOnWithoutAConfidence() {
        Result outcome = Result.newBuilder(Results.labelled("refund", 0.99))
                .setModel(new ModelRef("minilm", "feedfeedfeed"))
                .build();
        try (TopologyRun run = run(VERDICT.replace("abstain-below: 0.5", "abstain-below: 0"))) {
            run.pipe("forebay.outcomes", record(outcome));

            assertThat(result("forebay.results", run).getVerdict().getConfidence())
                    .isNull();
            run.assertNothingElse();
        }
    }

    @ParameterizedTest
    @CsvSource({"'model: [feedfeedfeed, 0123456789ab]', 0.625", "'{}', 0.625", "model: 0123456789ab, 0.625"})
    void calibrationMayBeForSeveralVersionsOrForAll(String model, double confidence) {
        String models = model.equals("{}") ? "" : model;
        try (TopologyRun run = run(VERDICT.replace("model: 0123456789ab", models))) {
            run.pipe("forebay.outcomes", record(Results.labelled("card", 0.75)));

            assertThat(result("forebay.results", run).getVerdict().getConfidence())
                    .isEqualTo(confidence);
        }
    }

    @Test
    void taskWithoutACalibrationIsJudgedByItsScore() {
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.outcomes", record(Results.labelled("digest", "refund", 0.8, Map.of())));
            run.pipe("forebay.outcomes", record(Results.labelled("digest", "refund", 0.49, Map.of())));
            run.pipe("forebay.outcomes", record(Results.embedded(Map.of())));

            assertThat(new String(run.only("support.sure").value(), UTF_8))
                    .isEqualTo("{\"score\":0.8,\"confidence\":0.8}");
            Verdict verdict = result("forebay.review", run).getVerdict();
            assertThat(verdict.getReason()).isEqualTo("The score 0.49 is below the threshold 0.5.");
            assertThat(verdict.getConfidence()).isNull();
            assertThat(result("forebay.results", run).getVerdict().getConfidence())
                    .isNull();
            run.assertNothingElse();
        }
    }

    @Test
    void labelOfAPersonIsSureAndIsNoProbability() {
        Result reviewed = Result.newBuilder(Results.labelled("card", 0.3))
                .setVerdict(new Verdict(Decision.REVIEW, null, "unsure", null, null, null, 0.1))
                .build();
        try (TopologyRun run =
                run(VERDICT.replace(", format: json,\n       fields: {score: score, confidence: confidence}", ""))) {
            run.pipe("forebay.review-decisions", decision(reviewed, ReviewAction.RELABEL, "refund"));
            Verdict verdict = result("support.sure", run).getVerdict();
            assertThat(verdict.getReviewer()).isEqualTo("kim");
            assertThat(verdict.getConfidence()).isNull();
        }
        try (TopologyRun run = run(VERDICT)) {
            run.pipe("forebay.review-decisions", decision(reviewed, ReviewAction.RELEASE, null));
            assertThat(result("forebay.results", run).getVerdict().getConfidence())
                    .isBetween(0.149, 0.151);
        }
    }

    private TopologyRun run(String verdict) {
        return new TopologyRun(VerdictTopology.build(
                LivePolicy.fixed(Configs.read(verdict).verdict()),
                Topics.defaults(),
                new VerdictTopology.Means(
                        codecs,
                        () -> NOW,
                        new Refusals(),
                        uncalibrated,
                        (step, what) -> notes.add(step + ": " + what.get()),
                        PartEvents.none())));
    }

    private TestRecord<byte[], byte[]> record(Result outcome) {
        byte[] value = codecs.of(Topics.defaults().outcomes(), Result.class).encode(outcome);
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP);
    }

    private TestRecord<byte[], byte[]> decision(Result result, ReviewAction action, @Nullable String label) {
        byte[] value = codecs.of(Topics.defaults().reviewDecisions(), ReviewDecision.class)
                .encode(new ReviewDecision(result, action, label, "kim", null, NOW));
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP);
    }

    private Result result(String topic, TopologyRun run) {
        return TopologyRun.decoded(
                codecs.of(new Topics.Topic(topic, TopicFormat.AVRO), Result.class),
                run.only(topic).value());
    }
}
