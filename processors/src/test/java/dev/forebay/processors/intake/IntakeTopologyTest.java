package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.Refused;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTopologyTest {
    private static final String SOURCES =
            """
            intake:
              sources:
                - {topic: support.messages, format: json, text: /text, task: triage, tenant: acme, id: /id,
                   attributes: {customer: /customer}}
                - {topic: archive.rows, format: csv, text: text, columns: [text, label], task: digest, lane: bulk}
            """;

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(Topics.defaults()), "intake.txt");
    }

    @ParameterizedTest
    @EnumSource
    void eventBecomesARequestUnderItsOwnKeyHeadersAndTime(TopicFormat format) {
        Topics topics = topics(format);
        try (TopologyRun run = new TopologyRun(topology(topics))) {
            RecordHeaders headers = headers(new RecordHeader("traceparent", bytes("00-ab-cd-01")));
            headers.add("empty", null).add("forebay-line", bytes("12")).add("forebay-code", bytes("malformed"));
            run.pipe(
                    "support.messages",
                    new TestRecord<>(
                            bytes("k-1"), bytes("{\"id\":\"m-1\",\"text\":\"Hello\",\"customer\":7}"), headers, STAMP));

            TestRecord<byte[], byte[]> work = run.only(topics.work().name());
            assertThat(TopologyRun.decoded(codecs.of(topics.work(), Request.class), work.value()))
                    .isEqualTo(new Request(
                            "m-1",
                            "triage",
                            "acme",
                            "Hello",
                            Map.of("customer", "7", "line", "12"),
                            Lane.LIVE,
                            STAMP,
                            null));
            assertThat(work.key()).isEqualTo(bytes("k-1"));
            assertThat(work.getRecordTime()).isEqualTo(STAMP);
            assertThat(work.headers().toArray())
                    .as("all but what an earlier refusal left")
                    .extracting(Header::key)
                    .containsExactly("traceparent", "empty", "forebay-line");
            run.assertNothingElse();
        }
    }

    /** A header is the sender's word; only the configuration says where a record goes and what is done with it. */
    @Test
    void noHeaderChoosesTopicPartitionTimeTaskOrLane() {
        byte[] value = bytes("{\"id\":\"m-1\",\"text\":\"Hello\",\"customer\":7}");
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            run.pipe("support.messages", new TestRecord<>(bytes("k"), value, headers(), STAMP));
            RecordHeaders hostile = headers();
            for (String name : List.of("topic", "partition", "timestamp", "task", "model", "lane", "tenant", "key")) {
                for (String prefix : List.of("", "forebay-", "kafka_", "kafka.", "__connect.errors.", "ce_")) {
                    hostile.add(prefix + name, bytes("7"));
                }
            }
            hostile.add("kafka_replyTopic", bytes("stolen")).add("spring_dlt", bytes("stolen"));
            run.pipe("support.messages", new TestRecord<>(bytes("k"), value, hostile, STAMP));

            List<TestRecord<byte[], byte[]>> work = run.all("forebay.work");
            run.assertNothingElse();
            assertThat(work).hasSize(2);
            assertThat(work.get(1).key()).isEqualTo(work.get(0).key());
            assertThat(work.get(1).value()).isEqualTo(work.get(0).value());
            assertThat(work.get(1).getRecordTime()).isEqualTo(work.get(0).getRecordTime());
        }
    }

    @Test
    void requestIdIsTheKeyWhereThereIsNone() {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            run.pipe("archive.rows", new TestRecord<>(null, bytes("Hello,greeting"), headers(), STAMP));
            run.pipe("archive.rows", new TestRecord<>(null, bytes(" ,greeting"), headers(), STAMP));
            run.pipe("archive.rows", new TestRecord<>(null, bytes("Hello"), headers(), STAMP));

            assertThat(run.only("forebay.work-bulk").key()).isEqualTo(bytes("archive.rows-0-0"));
            assertThat(run.only("forebay.rejections").key()).isEqualTo(bytes("archive.rows-0-1"));
            assertThat(run.only("forebay.dead-letters").key()).isEqualTo(bytes("archive.rows-0-2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rejectionNamesTheRequestTheReasonAndTheStage(TopicFormat format) {
        Topics topics = topics(format);
        try (TopologyRun run = new TopologyRun(topology(topics))) {
            RecordHeaders headers = headers(new RecordHeader("traceparent", bytes("00-ab-cd-01")));
            run.pipe(
                    "support.messages",
                    new TestRecord<>(
                            bytes("k"), bytes("{\"id\":\"m-1\",\"text\":\"\",\"customer\":\"c\"}"), headers, STAMP));

            TestRecord<byte[], byte[]> out = run.only(topics.rejections().name());
            Rejection rejection = TopologyRun.decoded(codecs.of(topics.rejections(), Rejection.class), out.value());
            assertThat(rejection)
                    .isEqualTo(new Rejection(
                            "m-1",
                            "triage",
                            "acme",
                            "empty_text",
                            "The text is empty or white space only. Send a text.",
                            "intake",
                            Map.of("customer", "c"),
                            STAMP,
                            NOW,
                            null));
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("empty_text");
            assertThat(TopologyRun.header(out, "forebay-stage")).isEqualTo("intake");
            assertThat(TopologyRun.header(out, "traceparent")).isEqualTo("00-ab-cd-01");
            run.assertNothingElse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadLetterKeepsEveryByte(TopicFormat format) {
        Topics topics = topics(format);
        byte[] key = {0, (byte) 0xFF, 1};
        byte[] value = {'{', (byte) 0xC3, 0, (byte) 0xFF};
        try (TopologyRun run = new TopologyRun(topology(topics))) {
            RecordHeaders headers = headers(new RecordHeader("a", new byte[] {(byte) 0x80}));
            headers.add("null", null).add("a", bytes("again")).add("forebay-code", bytes("old"));
            run.pipe("support.messages", new TestRecord<>(key, value, headers, STAMP));

            TestRecord<byte[], byte[]> out = run.only(topics.deadLetters().name());
            DeadLetter letter = TopologyRun.decoded(codecs.of(topics.deadLetters(), DeadLetter.class), out.value());
            assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
            assertThat(letter.getHeaders())
                    .containsExactly(
                            new HeaderEntry("a", ByteBuffer.wrap(new byte[] {(byte) 0x80})),
                            new HeaderEntry("null", null),
                            new HeaderEntry("a", ByteBuffer.wrap(bytes("again"))),
                            new HeaderEntry("forebay-code", ByteBuffer.wrap(bytes("old"))));
            assertThat(letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset())
                    .isEqualTo("support.messages-0-0");
            assertThat(letter.getTimestamp()).isEqualTo(STAMP);
            assertThat(letter.getFailedAt()).isEqualTo(NOW);
            assertThat(letter.getCode()).isEqualTo(ReasonCode.INVALID_UTF8.code());
            assertThat(letter.getStage()).isEqualTo("intake");
            assertThat(letter.getRequestId()).isEqualTo("support.messages-0-0");
            assertThat(out.key()).isEqualTo(key);
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("invalid_utf8");
            run.assertNothingElse();
        }
    }

    @Test
    void deadLetterCountsTheAttemptsAndNamesTheTrace() {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
            RecordHeaders headers =
                    headers(new RecordHeader("traceparent", bytes("00-" + trace + "-00f067aa0ba902b7-01")));
            headers.add("forebay-attempts", bytes("3"));
            run.pipe("support.messages", new TestRecord<>(null, bytes("?"), headers, STAMP));

            TestRecord<byte[], byte[]> out = run.only("forebay.dead-letters");
            DeadLetter letter =
                    TopologyRun.decoded(codecs.of(Topics.defaults().deadLetters(), DeadLetter.class), out.value());
            assertThat(letter.getAttempts()).isEqualTo(4);
            assertThat(letter.getTraceId()).isEqualTo(trace);
            assertThat(TopologyRun.header(out, "forebay-attempts")).isEqualTo("4");
        }
    }

    @Test
    void nullKeyAndNullValueStayNullInTheDeadLetter() {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            run.pipe("support.messages", new TestRecord<>(null, null, headers(), STAMP));

            DeadLetter letter = TopologyRun.decoded(
                    codecs.of(Topics.defaults().deadLetters(), DeadLetter.class),
                    run.only("forebay.dead-letters").value());
            assertThat(letter.getKey()).isNull();
            assertThat(letter.getValue()).isNull();
            assertThat(letter.getCode()).isEqualTo("null_value");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, 4_000_000_000_000L})
    void timestampOfTheFutureNeitherStopsTheStreamNorGoesOn(long timestamp) {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            run.pipe("archive.rows", new TestRecord<>(null, bytes("Hello,a"), headers(), timestamp));
            run.pipe("archive.rows", new TestRecord<>(null, bytes("bad"), headers(), timestamp));

            TestRecord<byte[], byte[]> work = run.only("forebay.work-bulk");
            Request request = TopologyRun.decoded(codecs.of(Topics.defaults().work(), Request.class), work.value());
            TestRecord<byte[], byte[]> letter = run.only("forebay.dead-letters");
            assertThat(work.getRecordTime()).isEqualTo(NOW);
            assertThat(request.getIssuedAt()).isEqualTo(NOW);
            assertThat(letter.getRecordTime()).isEqualTo(NOW);
            assertThat(TopologyRun.decoded(codecs.of(Topics.defaults().deadLetters(), DeadLetter.class), letter.value())
                            .getTimestamp())
                    .as("its own, bounded by the year 9999")
                    .isEqualTo(Instant.ofEpochMilli(Math.min(timestamp, 253_402_300_799_999L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readyMadeRequestsAreTakenFromTheRequestsTopic(TopicFormat format) {
        Topics topics = topics(format);
        Request request = new Request("r-1", "digest", "acme", "Hello", Map.of(), Lane.BULK, STAMP, NOW.plusSeconds(1));
        try (TopologyRun run = new TopologyRun(topology(topics))) {
            byte[] value = codecs.of(topics.requests(), Request.class).encode(request);
            run.pipe(topics.requests().name(), new TestRecord<>(bytes("k"), value, headers(), STAMP));
            run.pipe(topics.requests().name(), new TestRecord<>(bytes("k"), bytes("?????????"), headers(), STAMP));

            TestRecord<byte[], byte[]> work = run.only(topics.workBulk().name());
            assertThat(TopologyRun.decoded(codecs.of(topics.workBulk(), Request.class), work.value()))
                    .isEqualTo(request);
            assertThat(TopologyRun.header(run.only(topics.deadLetters().name()), "forebay-code"))
                    .isEqualTo(format == TopicFormat.AVRO ? "not_wire_format" : "malformed");
            run.assertNothingElse();
        }
    }

    @Test
    void badEventCostsItsNeighboursNothing() {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            for (int i = 0; i < 100; i++) {
                byte[] value = bytes(i % 10 == 0 ? "\"broken" : "text " + i + ",a");
                run.pipe("archive.rows", new TestRecord<>(null, value, headers(), STAMP));
            }

            assertThat(run.all("forebay.dead-letters")).hasSize(10);
            assertThat(run.all("forebay.work-bulk"))
                    .hasSize(90)
                    .extracting(record -> TopologyRun.decoded(
                                    codecs.of(Topics.defaults().work(), Request.class), record.value())
                            .getText())
                    .contains("text 1", "text 9", "text 11", "text 99");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Hello,a', forebay.work-bulk, output_too_large",
        "' ,a', forebay.rejections, output_too_large",
        "Hello, forebay.dead-letters, malformed"
    })
    void eventOfWhichTooMuchWasMadeBecomesADeadLetterWithoutItsValue(String value, String refusedBy, String code) {
        Refusals refusals = Refused.by(refusedBy, 2_000_000, new Position("archive.rows", 0, 0));
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults(), refusals))) {
            run.pipe("archive.rows", new TestRecord<>(null, bytes(value), headers(), STAMP));

            TestRecord<byte[], byte[]> out = run.only("forebay.dead-letters");
            DeadLetter letter =
                    TopologyRun.decoded(codecs.of(Topics.defaults().deadLetters(), DeadLetter.class), out.value());
            assertThat(letter.getCode()).isEqualTo(code);
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo(code);
            assertThat(letter.getValue()).isNull();
            assertThat(letter.getValueSize()).isEqualTo(value.length());
            assertThat(letter.getValueSha256()).hasSize(64);
            assertThat(letter.getRequestId()).isEqualTo("archive.rows-0-0");
            run.assertNothingElse();
        }
    }

    @Test
    void registryThatDoesNotAnswerStopsTheRecordInsteadOfSkippingIt() {
        try (TopologyRun run = new TopologyRun(topology(Topics.defaults()))) {
            registry.down();
            TestRecord<byte[], byte[]> event = new TestRecord<>(null, bytes("Hello,a"), headers(), STAMP);

            assertThatThrownBy(() -> run.pipe("archive.rows", event))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasStackTraceContaining(RegistryUnavailableException.class.getName());
            run.assertNothingElse();
        }
    }

    private Topology topology(Topics topics) {
        return topology(topics, new Refusals());
    }

    private Topology topology(Topics topics, Refusals refusals) {
        ProcessorsConfig config = Configs.read(SOURCES);
        return IntakeTopology.build(config.intake(), topics, codecs, () -> NOW, refusals);
    }

    private static Topics topics(TopicFormat format) {
        Map<String, String> topic = Map.of("format", format == TopicFormat.AVRO ? "avro" : "json");
        return Topics.read(Section.of(
                Map.of("requests", topic, "work", topic, "rejections", topic, "dead-letters", topic), new Problems()));
    }

    private static RecordHeaders headers(Header... headers) {
        return new RecordHeaders(headers);
    }
}
