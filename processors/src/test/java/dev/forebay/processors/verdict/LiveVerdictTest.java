package dev.forebay.processors.verdict;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.PolicyChanges;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Verdict;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** A verdict whose policy changes while it runs. */
class LiveVerdictTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String CONTROL = TOPICS.control();
    private static final ProcessorsConfig FILE = Configs.read(
            """
            processors: {control: true}
            verdict:
              abstain-below: 0.5
              routes: [{name: refunds, when: label == 'refund', to: support.refunds}]
            """);

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final LivePolicy<VerdictConfig> policy = LivePolicy.following(
            CONTROL, FILE.verdict(), document -> changes().over(document).verdict());

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(), "verdict-control.txt");
    }

    @Test
    void changeCountsFromTheNextRecordAndEachVerdictSaysWhichItWasMadeUnder() {
        try (TopologyRun run = new TopologyRun(topology())) {
            assertThat(decided(run, 0.6, "support.refunds"))
                    .extracting(Verdict::getPolicyVersion)
                    .isNull();

            change(run, "verdict: {abstain-below: 0.7}");
            Verdict review = decided(run, 0.6, "forebay.review");
            assertThat(review.getPolicyVersion()).isEqualTo(0);
            assertThat(review.getReason()).isEqualTo("The score 0.6 is below the threshold 0.7.");

            change(run, "verdict: {routes: [{name: sure, when: score > 0.9, to: support.refunds}]}");
            assertThat(decided(run, 0.6, "forebay.results").getPolicyVersion()).isEqualTo(1);
            Verdict routed = decided(run, 0.95, "support.refunds");
            assertThat(routed.getRoute()).isEqualTo("sure");
            assertThat(routed.getPolicyVersion()).isEqualTo(1);
            assertThat(policy.refused()).isZero();
            run.assertNothingElse();
        }
    }

    @Test
    void calibrationOfANewModelCountsFromTheNextRecord() {
        try (TopologyRun run = new TopologyRun(topology())) {
            change(run, "verdict: {calibration: {triage: {model: other, points: {0: 0, 1: 1}}}}");
            assertThat(decided(run, 0.6, "forebay.review").getReason()).startsWith("Its confidence is unknown.");

            change(run, "verdict: {calibration: {triage: {model: 0123456789ab, points: {0.5: 0.5, 1: 0.75}}}}");
            Verdict verdict = decided(run, 1, "support.refunds");
            assertThat(verdict.getConfidence()).isEqualTo(0.75);
            assertThat(verdict.getPolicyVersion()).isEqualTo(1);
            run.assertNothingElse();
        }
    }

    @Test
    void rejectionOfTheModerationSaysItToo() {
        try (TopologyRun run = new TopologyRun(topology())) {
            change(run, "verdict: {moderation: [{name: halt, when: task == 'triage', action: block}]}");
            run.pipe("forebay.outcomes", outcome(0.6));

            Rejection rejection = TopologyRun.decoded(
                    codecs.of(TOPICS.rejections(), Rejection.class),
                    run.only("forebay.rejections").value());
            assertThat(rejection.getCode()).isEqualTo("output_blocked");
            assertThat(rejection.getPolicyVersion()).isEqualTo(0);
        }
    }

    @Test
    void wrongChangeDoesNothingAndIsCounted() {
        try (TopologyRun run = new TopologyRun(topology())) {
            change(run, "verdict: {abstain-below: 0.7}");
            change(run, "verdict: {abstain-below: high}");
            change(run, "\u0000\u0001");
            run.pipe(CONTROL, new TestRecord<>(null, bytes("verdict: {}"), new RecordHeaders(), STAMP));

            assertThat(decided(run, 0.6, "forebay.review").getPolicyVersion()).isEqualTo(0);
            assertThat(policy.refused()).isEqualTo(3);
        }
    }

    @Test
    void emptyChangeAndDeletedOneBringTheFileBack() {
        try (TopologyRun run = new TopologyRun(topology())) {
            change(run, "verdict: {abstain-below: 0.7}");
            change(run, "");
            assertThat(decided(run, 0.6, "support.refunds").getPolicyVersion()).isEqualTo(1);

            change(run, "verdict: {abstain-below: 0.7}");
            run.pipe(CONTROL, new TestRecord<>(bytes("policy"), null, new RecordHeaders(), STAMP));
            assertThat(decided(run, 0.6, "support.refunds").getPolicyVersion()).isEqualTo(3);
        }
    }

    private static PolicyChanges changes() {
        return FILE.changes().orElseThrow();
    }

    private static void change(TopologyRun run, String document) {
        run.pipe(CONTROL, new TestRecord<>(bytes("policy"), bytes(document), new RecordHeaders(), STAMP));
    }

    private Verdict decided(TopologyRun run, double score, String topic) {
        run.pipe("forebay.outcomes", outcome(score));
        return TopologyRun.decoded(
                        codecs.of(TOPICS.results(), Result.class),
                        run.only(topic).value())
                .getVerdict();
    }

    private TestRecord<byte[], byte[]> outcome(double score) {
        byte[] value = codecs.of(TOPICS.outcomes(), Result.class).encode(Results.labelled("refund", score));
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP);
    }

    private Topology topology() {
        return VerdictTopology.build(
                policy,
                TOPICS,
                new VerdictTopology.Means(
                        codecs, () -> NOW, new Refusals(), new Uncalibrated(), Trail.NONE, PartEvents.none()));
    }
}
