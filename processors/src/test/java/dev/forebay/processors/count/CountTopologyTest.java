package dev.forebay.processors.count;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.digest.DigestTopology;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import dev.forebay.schemas.record.Verdict;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountTopologyTest {
    private static final Topics TOPICS = Topics.defaults();

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private Instant now = NOW;

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(), "digest-counts.txt");
    }

    @Test
    void outcomesReviewsAndRejectionsAreCountedWithoutAFurtherEvent() {
        try (TopologyRun run = new TopologyRun(topology())) {
            pipe(run, TOPICS.outcomes(), result("triage", "refund", null));
            pipe(run, TOPICS.outcomes(), result("triage", "refund", null));
            pipe(run, TOPICS.outcomes(), result("digest", null, null));
            pipe(run, TOPICS.review(), result("triage", "refund", Decision.REVIEW));
            pipe(run, TOPICS.review(), result("triage", "refund", Decision.RELEASED));
            Rejection rejection = new Rejection(
                    "r", "no such task", "default", "unknown_task", "", "intake", Map.of(), NOW, NOW, null);
            byte[] value = codecs.of(TOPICS.rejections(), Rejection.class).encode(rejection);
            run.pipe("forebay.rejections", new TestRecord<>(bytes("k"), value, new RecordHeaders(), now));
            pass(run, 69);
            assertThat(run.all("support.counts")).isEmpty();
            pass(run, 1);

            List<TestRecord<byte[], byte[]>> records = run.all("support.counts");
            assertThat(records)
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder(
                            "2026-11-24T12:00:00Z/default/triage/task",
                            "2026-11-24T12:00:00Z/default/triage/label/refund",
                            "2026-11-24T12:00:00Z/default/digest/task",
                            "2026-11-24T12:00:00Z/default/unknown/task",
                            "2026-11-24T12:00:00Z/default/unknown/code/unknown_task");
            assertThat(records)
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .anyMatch(
                            json -> json.contains("\"answers\":2,\"reviewed\":1,\"review_share\":0.5,\"rejected\":0"));
            assertThat(records).allMatch(record -> record.getRecordTime().equals(now));
            run.all("forebay.count-events");
            run.assertNothingElse();
        }
    }

    @Test
    void whatCannotBeReadStopsNothing() {
        try (TopologyRun run = new TopologyRun(topology())) {
            for (String topic :
                    List.of("forebay.outcomes", "forebay.review", "forebay.rejections", "forebay.count-events")) {
                run.pipe(topic, new TestRecord<>(null, null, new RecordHeaders(), now));
                run.pipe(topic, new TestRecord<>(bytes("k"), bytes("{}"), new RecordHeaders(), now));
            }
            pipe(run, TOPICS.outcomes(), result("triage", "refund", null));
            pass(run, 70);

            assertThat(run.all("support.counts")).hasSize(2);
        }
    }

    private void pipe(TopologyRun run, Topics.Topic topic, Result result) {
        byte[] value = codecs.of(topic, Result.class).encode(result);
        run.pipe(topic.name(), new TestRecord<>(bytes("k"), value, new RecordHeaders(), now));
    }

    private void pass(TopologyRun run, int seconds) {
        for (int second = 0; second < seconds; second++) {
            now = now.plusSeconds(1);
            run.look();
        }
    }

    private static Result result(String task, @Nullable String label, @Nullable Decision decision) {
        return Result.newBuilder()
                .setRequestId("r")
                .setTask(task)
                .setOutcome(
                        label == null
                                ? new Summary("x", List.of())
                                : new Classification(label, 1.0, List.of(new LabelScore(label, 1.0))))
                .setModel(new ModelRef("m", "1"))
                .setTokens(1)
                .setIssuedAt(NOW)
                .setCompletedAt(NOW)
                .setVerdict(decision == null ? null : new Verdict(decision, null, null, null, null, null, null))
                .build();
    }

    private Topology topology() {
        return DigestTopology.build(
                Configs.read("digests: {aggregates: {to: support.counts}}").digests(),
                TOPICS,
                codecs,
                () -> now,
                new Refusals());
    }
}
