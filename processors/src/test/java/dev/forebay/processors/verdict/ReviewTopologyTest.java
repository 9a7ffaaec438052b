package dev.forebay.processors.verdict;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.record.Verdict;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people decide on the results of the review topic takes effect. */
class ReviewTopologyTest {
    private static final String VERDICT =
            """
            verdict:
              review-decisions: true
              abstain-below: 0.5
              moderation: [{name: unsure, when: scores.insult >= 0.5, action: review}]
              routes:
                - {name: refunds, when: label == 'refund', to: support.refunds}
                - {name: strange, when: int(attributes.n) > 3, to: support.strange}
            """;

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(), "verdict-review.txt");
    }

    @Test
    void releasedResultGoesWhereTheRoutesSayWithoutItsText() {
        Result reviewed = reviewed("refund", 0.3);
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", record(decision(reviewed, ReviewAction.RELEASE, null)));

            Result released = result("support.refunds", run.only("support.refunds"));
            assertThat(released.getVerdict())
                    .isEqualTo(new Verdict(Decision.RELEASED, "refunds", null, "unsure", "kim", null, null));
            assertThat(released.getOutcome()).isEqualTo(reviewed.getOutcome());
            assertThat(released.getText()).isNull();
            run.assertNothingElse();
        }
    }

    @Test
    void relabelledResultIsRoutedByItsNewLabel() {
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe(
                    "forebay.review-decisions",
                    record(decision(reviewed("card", 0.3), ReviewAction.RELABEL, "refund")));

            assertThat(result("support.refunds", run.only("support.refunds")).getOutcome())
                    .isEqualTo(new Classification("refund", 1.0, List.of(new LabelScore("refund", 1.0))));
            run.assertNothingElse();
        }
    }

    @Test
    void rejectedResultIsARejectionWithTheNote() {
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", record(decision(reviewed("card", 0.3), ReviewAction.REJECT, null)));

            Rejection rejection = TopologyRun.decoded(
                    codecs.of(Topics.defaults().rejections(), Rejection.class),
                    run.only("forebay.rejections").value());
            assertThat(rejection.getCode()).isEqualTo("review_rejected");
            assertThat(rejection.getMessage()).isEqualTo("kim rejected the result: as agreed");
            run.assertNothingElse();
        }
    }

    @Test
    void releasedResultForWhichARouteHasNoAnswerIsNotReviewedForEver() {
        Result reviewed = Result.newBuilder(reviewed("card", 0.3))
                .setAttributes(Map.of("n", "many"))
                .build();
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", record(decision(reviewed, ReviewAction.RELEASE, null)));

            assertThat(run.all("forebay.results")).hasSize(1);
            run.assertNothingElse();
        }
    }

    @Test
    void secondDecisionOnAResultDoesNothingButLeaveATrace() {
        Result reviewed = reviewed("refund", 0.3);
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", record(decision(reviewed, ReviewAction.RELEASE, null)));
            run.pipe("forebay.review-decisions", record(decision(reviewed, ReviewAction.REJECT, null)));

            assertThat(run.all("support.refunds")).hasSize(1);
            DeadLetter letter = letter(run.only("forebay.dead-letters"));
            assertThat(letter.getCode()).isEqualTo("already_decided");
            assertThat(letter.getMessage()).contains("forebay.review-decisions-0-0");
            run.assertNothingElse();
        }
    }

    static Stream<Arguments> decisionsThatCannotBe() {
        Result unsure = reviewed("card", 0.3);
        Result embedding = Result.newBuilder(Results.embedded(Map.of()))
                .setVerdict(unsure.getVerdict())
                .build();
        Result released = Results.labelled("card", 0.9);
        return Stream.of(
                Arguments.of(decision(unsure, ReviewAction.RELABEL, null), "It gives no label."),
                Arguments.of(decision(embedding, ReviewAction.RELABEL, "x"), "no label that could be changed"),
                Arguments.of(decision(released, ReviewAction.RELEASE, null), "was not sent to a review"),
                Arguments.of(
                        ReviewDecision.newBuilder(decision(unsure, ReviewAction.RELEASE, null))
                                .setReviewer(" ")
                                .build(),
                        "It names no reviewer."));
    }

    @ParameterizedTest
    @MethodSource("decisionsThatCannotBe")
    void decisionThatCannotBeCarriedOutIsADeadLetterAndCanBeMadeAgain(ReviewDecision wrong, String why) {
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", record(wrong));
            run.pipe("forebay.review-decisions", record(decision(reviewed("refund", 0.3), ReviewAction.RELEASE, null)));

            DeadLetter letter = letter(run.only("forebay.dead-letters"));
            assertThat(letter.getCode()).isEqualTo("malformed");
            assertThat(letter.getMessage()).contains(why);
            assertThat(run.all("support.refunds")).hasSize(1);
            run.assertNothingElse();
        }
    }

    @Test
    void recordThatIsNoDecisionIsADeadLetter() {
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.review-decisions", new TestRecord<>(null, bytes("no"), new RecordHeaders(), STAMP));

            assertThat(letter(run.only("forebay.dead-letters")).getValue()).isNotNull();
            run.assertNothingElse();
        }
    }

    private Topology topology() {
        return VerdictTopology.build(
                Configs.read(VERDICT).verdict(), Topics.defaults(), codecs, () -> NOW, new Refusals());
    }

    private static Result reviewed(String label, double score) {
        return Result.newBuilder(Results.labelled(label, score))
                .setVerdict(new Verdict(Decision.REVIEW, null, "unsure", "unsure", null, null, null))
                .setText("the text")
                .build();
    }

    private static ReviewDecision decision(Result result, ReviewAction action, @Nullable String label) {
        return new ReviewDecision(result, action, label, "kim", "as agreed", NOW);
    }

    private TestRecord<byte[], byte[]> record(ReviewDecision decision) {
        byte[] value = codecs.of(Topics.defaults().reviewDecisions(), ReviewDecision.class)
                .encode(decision);
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP);
    }

    private Result result(String topic, TestRecord<byte[], byte[]> out) {
        return TopologyRun.decoded(codecs.of(new Topics.Topic(topic, TopicFormat.AVRO), Result.class), out.value());
    }

    private DeadLetter letter(TestRecord<byte[], byte[]> out) {
        return TopologyRun.decoded(codecs.of(Topics.defaults().deadLetters(), DeadLetter.class), out.value());
    }
}
