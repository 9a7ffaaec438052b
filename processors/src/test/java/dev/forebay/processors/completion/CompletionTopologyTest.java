package dev.forebay.processors.completion;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.confidence.Uncalibrated;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.digest.DigestTopology;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.intake.IntakeTopology;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.verdict.VerdictTopology;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.PartEnd;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Intake, verdict and what waits for whole events, with the records between them carried by the test, which is the worker. */
class CompletionTopologyTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String CONFIG =
            """
            intake:
              sources:
                - {topic: chats, format: json, each: /messages, text: /body, id: /id, tenant-from: /tenant, task: triage}
                - {topic: notes, format: json, text: /body, id: /id, task: triage}
            verdict:
              review-decisions: true
              abstain-below: 0.5
              moderation: [{name: rude, when: label == 'insult', action: block}]
              routes: [{name: refunds, when: label == 'refund', to: support.refunds, format: json, fields: {l: label}}]
            digests: {completions: {within: 1 h}}
            """;
    private static final String CHAT =
            "{\"id\": \"c-1\", \"tenant\": \"acme\", \"messages\": [{\"body\": \"one\"}, {\"body\": \"two\"}, {\"body\": \"three\"}]}";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private final ProcessorsConfig config = Configs.read(CONFIG);
    /** The last record that was carried from each topic. */
    private final Map<String, TestRecord<byte[], byte[]>> carried = new HashMap<>();

    private Instant now = NOW;
    private final TopologyRun intake = new TopologyRun(intake());
    private final TopologyRun verdict = new TopologyRun(verdict());
    private final TopologyRun digest = new TopologyRun(digest(config));

    @AfterEach
    void close() {
        intake.close();
        verdict.close();
        digest.close();
    }

    @Test
    void topologiesAreTheOnesThatAreDescribed() {
        Golden.assertDescribed(digest(config), "digest-completions.txt");
        Golden.assertDescribed(intake(), "intake-completions.txt");
        Golden.assertDescribed(verdict(), "verdict-completions.txt");
        ProcessorsConfig both = Configs.read(CONFIG.replace("within: 1 h}", "within: 1 h}, aggregates: {to: counts}"));
        Golden.assertDescribed(digest(both), "digest-counts-completions.txt");
    }

    @Test
    void eventIsToldOfWhenAllThatBecameOfItHasEnded() {
        send("chats", CHAT);
        List<TestRecord<byte[], byte[]>> work = work(3);
        answer(work.get(0), "refund", 0.9);
        answer(work.get(1), "insult", 0.9);
        assertThat(completions()).isEmpty();
        die(work.get(2), "model_error");

        TestRecord<byte[], byte[]> record = onlyRecord();
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("[\"acme\",\"c-1\"]");
        assertThat(record.getRecordTime()).isEqualTo(now);
        Completion told = decoded(record);
        assertThat(told.getTenant()).isEqualTo("acme");
        assertThat(told.getTopic() + "-" + told.getPartition() + "-" + told.getOffset())
                .isEqualTo("chats-0-0");
        assertThat(told.getComplete()).isTrue();
        assertThat(told.getRequests())
                .extracting(PartEnd::getRequestId, PartEnd::getEnd, PartEnd::getLabel, PartEnd::getCode)
                .containsExactly(
                        tuple("c-1#0", EndKind.RESULT, "refund", null),
                        tuple("c-1#1", EndKind.REJECTION, null, "output_blocked"),
                        tuple("c-1#2", EndKind.DEAD_LETTER, null, "model_error"));
        assertThat(completions()).isEmpty();
    }

    @Test
    void whatTheIntakeRefusesEndsThere() {
        send("chats", "{\"id\": \"c-1\", \"tenant\": \"acme\", \"messages\": [{\"body\": \"\"}, {\"note\": 1}]}");

        assertThat(only().getRequests()).extracting(PartEnd::getCode).containsExactly("empty_text", "field_missing");
    }

    @Test
    void reviewedResultEndsWhenItIsDecidedWhoeverWritesTheDecision() {
        send(
                "chats",
                "{\"id\": \"c-1\", \"tenant\": \"acme\", \"messages\": [{\"body\": \"one\"}, {\"body\": \"two\"}]}");
        List<TestRecord<byte[], byte[]>> work = work(2);
        answer(work.get(0), "card", 0.2);
        answer(work.get(1), "card", 0.3);
        List<TestRecord<byte[], byte[]>> reviews = verdict.all("forebay.review");
        assertThat(reviews).hasSize(2);
        assertThat(completions()).isEmpty();
        decide(reviews.get(0), ReviewAction.RELABEL);
        decide(reviews.get(0), ReviewAction.RELEASE);
        assertThat(completions())
                .as("the second decision is a dead letter of the decision")
                .isEmpty();
        decide(reviews.get(1), ReviewAction.REJECT);

        Completion told = only();
        assertThat(told.getComplete()).isTrue();
        assertThat(told.getRequests().get(0).getLabel()).isEqualTo("refund");
        assertThat(told.getRequests().get(1).getCode()).isEqualTo("review_rejected");
    }

    @Test
    void replayOfADeadLetterReplacesTheRecordUnderItsKey() {
        send("chats", "{\"id\": \"c-1\", \"tenant\": \"acme\", \"messages\": [{\"body\": \"one\"}, {\"note\": 1}]}");
        answer(work(1).get(0), "refund", 0.9);
        TestRecord<byte[], byte[]> first = onlyRecord();
        DeadLetter letter = TopologyRun.decoded(
                codecs.of(TOPICS.deadLetters(), DeadLetter.class),
                carried("forebay.dead-letters").value());
        assertThat(decoded(first).getRequests().get(1).getEnd()).isEqualTo(EndKind.DEAD_LETTER);

        // As forebay dlq replay sends it, once the source is mended.
        byte[] mended = bytes(new String(array(letter.getValue()), StandardCharsets.UTF_8)
                .replace("\"note\": 1", "\"body\": \"two\""));
        RecordHeaders headers = new RecordHeaders();
        for (HeaderEntry header : letter.getHeaders()) {
            headers.add(header.getName(), array(header.getValue()));
        }
        intake.pipe("chats", new TestRecord<>(null, mended, headers, now));
        carry();
        assertThat(completions()).isEmpty();
        answer(work(1).get(0), "card", 0.8);

        TestRecord<byte[], byte[]> second = onlyRecord();
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(decoded(second).getOffset()).isZero();
        assertThat(decoded(second).getRequests()).extracting(PartEnd::getLabel).containsExactly("refund", "card");
    }

    @Test
    void eventWhoseTimeIsOverIsToldOfByTheClockAlone() {
        intake.pipe("chats", new TestRecord<>(null, bytes(CHAT), new RecordHeaders(), now.plusSeconds(400L * 86_400)));
        carry();
        answer(work(3).get(0), "refund", 0.9);
        assertThat(completions()).isEmpty();
        for (int second = 0; second < 3_600; second++) {
            now = now.plusSeconds(1);
            digest.look();
        }

        Completion told = only();
        assertThat(told.getComplete()).isFalse();
        assertThat(told.getRequests())
                .extracting(PartEnd::getEnd)
                .containsExactly(EndKind.RESULT, EndKind.MISSING, EndKind.MISSING);
    }

    @Test
    void otherEventsAreNotToldOfWhateverTheyClaim() {
        RecordHeaders claimed = new RecordHeaders();
        claimed.add("forebay-event", bytes("[\"acme\",\"c-1\"]"));
        send("chats", CHAT);
        work(3);
        intake.pipe("notes", new TestRecord<>(null, bytes("{\"id\": \"c-1#0\", \"body\": \"a\"}"), claimed, now));
        intake.pipe("notes", new TestRecord<>(null, bytes("{\"id\": \"c-1#1\"}"), claimed, now));
        intake.pipe("notes", new TestRecord<>(null, bytes("{\"id\": \"c-1#2\", \"body\": \"\"}"), claimed, now));
        TestRecord<byte[], byte[]> note = work(1).get(0);
        assertThat(note.headers().lastHeader("forebay-event")).isNull();
        answer(note, "refund", 0.9);
        carry();

        digest.all("forebay.part-events");
        assertThat(completions()).isEmpty();
    }

    @Test
    void whatCannotBeReadStopsNothing() {
        Headers marked = new RecordHeaders().add("forebay-event", bytes("[\"acme\",\"c-1\"]"));
        Headers wrong = new RecordHeaders().add("forebay-event", bytes("acme"));
        for (String topic : List.of("forebay.rejections", "forebay.dead-letters", "forebay.part-events")) {
            for (Headers headers : List.of(marked, wrong)) {
                digest.pipe(topic, new TestRecord<>(null, null, headers, now));
                for (String value : List.of("{}", "[", "{\"taken\":\"1-99999999\"}", "\"x\"", "7", "null")) {
                    digest.pipe(topic, new TestRecord<>(bytes("[\"acme\",\"c-1\"]"), bytes(value), headers, now));
                }
            }
        }
        eventIsToldOfWhenAllThatBecameOfItHasEnded();
    }

    private void send(String topic, String value) {
        intake.pipe(topic, new TestRecord<>(null, bytes(value), new RecordHeaders(), now));
        carry();
    }

    private List<TestRecord<byte[], byte[]>> work(int count) {
        List<TestRecord<byte[], byte[]>> work = intake.all("forebay.work");
        assertThat(work).hasSize(count);
        return work;
    }

    /** As the worker does: all headers go along. */
    private void answer(TestRecord<byte[], byte[]> work, String label, double score) {
        Request request = TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), work.value());
        Result outcome = Result.newBuilder()
                .setRequestId(request.getRequestId())
                .setTask(request.getTask())
                .setTenant(request.getTenant())
                .setOutcome(new Classification(label, score, List.of(new LabelScore(label, score))))
                .setModel(new ModelRef("m", "1"))
                .setTokens(1)
                .setAttributes(request.getAttributes())
                .setIssuedAt(request.getIssuedAt())
                .setCompletedAt(now)
                .build();
        verdict.pipe("forebay.outcomes", record(TOPICS.outcomes(), outcome, work.headers()));
        carry();
    }

    private void die(TestRecord<byte[], byte[]> work, String code) {
        Request request = TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), work.value());
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic("forebay.work")
                .setPartition(0)
                .setOffset(0)
                .setTimestamp(now)
                .setKey(null)
                .setValue(ByteBuffer.wrap(work.value()))
                .setCode(code)
                .setMessage("")
                .setStage("worker")
                .setRequestId(request.getRequestId())
                .setFailedAt(now)
                .build();
        digest.pipe("forebay.dead-letters", record(TOPICS.deadLetters(), letter, work.headers()));
    }

    /** As a tool of somebody's own does, without the headers of the reviewed record. */
    private void decide(TestRecord<byte[], byte[]> reviewed, ReviewAction action) {
        Result result = TopologyRun.decoded(codecs.of(TOPICS.review(), Result.class), reviewed.value());
        ReviewDecision decision = new ReviewDecision(result, action, "refund", "kim", null, now);
        verdict.pipe("forebay.review-decisions", record(TOPICS.reviewDecisions(), decision, new RecordHeaders()));
        carry();
    }

    private <T extends SpecificRecord> TestRecord<byte[], byte[]> record(Topics.Topic topic, T value, Headers headers) {
        @SuppressWarnings("unchecked") // the class of the record itself
        Class<T> type = (Class<T>) value.getClass();
        return new TestRecord<>(bytes("k"), codecs.of(topic, type).encode(value), headers, now);
    }

    private void carry() {
        for (TopologyRun run : List.of(intake, verdict)) {
            for (String topic : List.of("forebay.part-events", "forebay.rejections", "forebay.dead-letters")) {
                for (TestRecord<byte[], byte[]> record : run.all(topic)) {
                    carried.put(topic, record);
                    digest.pipe(topic, record);
                }
            }
        }
    }

    private TestRecord<byte[], byte[]> carried(String topic) {
        return Objects.requireNonNull(carried.get(topic), topic);
    }

    private List<TestRecord<byte[], byte[]>> completions() {
        digest.look();
        return digest.all("forebay.completions");
    }

    private TestRecord<byte[], byte[]> onlyRecord() {
        List<TestRecord<byte[], byte[]>> records = completions();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private Completion only() {
        return decoded(onlyRecord());
    }

    private Completion decoded(TestRecord<byte[], byte[]> record) {
        return TopologyRun.decoded(codecs.of(TOPICS.completions(), Completion.class), record.value());
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private Topology intake() {
        return IntakeTopology.build(
                LivePolicy.fixed(config.intake()),
                TOPICS,
                new IntakeTopology.Means(
                        codecs,
                        new Databases(),
                        () -> now,
                        new Refusals(),
                        Trail.NONE,
                        PartEvents.to(TOPICS.partEvents())));
    }

    private Topology verdict() {
        return VerdictTopology.build(
                LivePolicy.fixed(config.verdict()),
                TOPICS,
                new VerdictTopology.Means(
                        codecs,
                        () -> now,
                        new Refusals(),
                        new Uncalibrated(),
                        Trail.NONE,
                        PartEvents.to(TOPICS.partEvents())));
    }

    private Topology digest(ProcessorsConfig of) {
        return DigestTopology.build(of.digests(), TOPICS, codecs, () -> now, new Refusals());
    }
}
