package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String QUOTA = "quota: {requests: 60, per: 1 min, burst: 2}";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private Instant now = NOW;

    @Test
    void topologyWithQuotasIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology("duplicates: {window: 10 min}, " + QUOTA), "intake-quota.txt");
    }

    @Test
    void whatIsBeyondTheQuotaIsRejectedUntilItFlowsInAgain() {
        try (TopologyRun run = new TopologyRun(topology(QUOTA))) {
            send(run, "acme", "r-1");
            send(run, "acme", "r-2");
            send(run, "acme", "r-3");
            now = NOW.plusMillis(999);
            send(run, "acme", "r-4");
            now = NOW.plusMillis(1_000);
            send(run, "acme", "r-5");

            assertThat(admitted(run, "forebay.work")).containsExactly("r-1", "r-2", "r-5");
            List<TestRecord<byte[], byte[]>> rejected = run.all("forebay.rejections");
            assertThat(rejected).extracting(QuotaTest::key).containsExactly("k-r-3", "k-r-4");
            Rejection rejection = TopologyRun.decoded(
                    codecs.of(TOPICS.rejections(), Rejection.class),
                    rejected.get(0).value());
            assertThat(rejection.getCode()).isEqualTo("quota_exceeded");
            assertThat(rejection.getRequestId()).isEqualTo("r-3");
            assertThat(rejection.getTenant()).isEqualTo("acme");
            assertThat(rejection.getMessage())
                    .contains(
                            "60 requests in 60.0 s",
                            "at most 2 at once",
                            NOW.plusMillis(1_000).toString());
        }
    }

    @Test
    void requestGoesOnUnderTheKeyAndHeadersThatItHad() {
        try (TopologyRun run = new TopologyRun(topology(QUOTA))) {
            TestRecord<byte[], byte[]> event = record("acme", "r-1");
            event.headers().add("traceparent", bytes("00-ab-cd-01"));
            run.pipe("forebay.requests", event);
            run.pipe("forebay.requests", new TestRecord<>(null, event.value(), new RecordHeaders(), STAMP));

            assertThat(run.all("forebay.admitted")).extracting(QuotaTest::key).containsExactly("acme", "acme");
            List<TestRecord<byte[], byte[]>> work = run.all("forebay.work");
            assertThat(work).extracting(QuotaTest::key).containsExactly("k-r-1", "r-1");
            assertThat(work.get(0).headers().toArray())
                    .containsExactly(new RecordHeader("traceparent", bytes("00-ab-cd-01")));
            assertThat(work.get(1).headers().toArray()).isEmpty();
            assertThat(work.get(0).getRecordTime()).isEqualTo(STAMP);
        }
    }

    @Test
    void everyTenantHasItsOwn() {
        String keys = "quota: {tenants: {acme: {requests: 1, per: 1 h}, beta: {requests: 2, per: 1 h, burst: 1}}}";
        try (TopologyRun run = new TopologyRun(topology(keys))) {
            for (int i = 0; i < 3; i++) {
                for (String tenant : List.of("acme", "beta", "other")) {
                    send(run, tenant, tenant + "-" + i);
                }
            }

            assertThat(admitted(run, "forebay.work"))
                    .containsExactly("acme-0", "beta-0", "other-0", "other-1", "other-2");
        }
    }

    @Test
    void excessMayGoOnAsBulk() {
        try (TopologyRun run = new TopologyRun(topology("quota: {requests: 1, per: 1 h, excess: bulk}"))) {
            send(run, "acme", "r-1");
            send(run, "acme", "r-2");

            assertThat(admitted(run, "forebay.work")).containsExactly("r-1");
            assertThat(admitted(run, "forebay.work-bulk")).containsExactly("r-2");
            assertThat(run.all("forebay.rejections")).isEmpty();
        }
    }

    @Test
    void refusedRequestMayComeAgainAndADuplicateTakesNothing() {
        try (TopologyRun run = new TopologyRun(topology("duplicates: {window: 10 min}, " + QUOTA))) {
            send(run, "acme", "r-1");
            send(run, "acme", "r-1");
            send(run, "acme", "r-2");
            send(run, "acme", "r-3");
            now = NOW.plusSeconds(1);
            send(run, "acme", "r-3");

            assertThat(admitted(run, "forebay.work")).containsExactly("r-1", "r-2", "r-3");
            assertThat(run.all("forebay.rejections"))
                    .extracting(record -> TopologyRun.header(record, "forebay-code"))
                    .containsExactly("duplicate", "quota_exceeded");
        }
    }

    @Test
    void whatIsNoRequestOnTheTopicOfAdmittedOnesIsADeadLetterUnderItsKey() {
        try (TopologyRun run = new TopologyRun(topology(QUOTA))) {
            run.pipe("forebay.admitted", new TestRecord<>(bytes("acme"), bytes("?"), new RecordHeaders(), STAMP));

            DeadLetter letter = TopologyRun.decoded(
                    codecs.of(TOPICS.deadLetters(), DeadLetter.class),
                    run.only("forebay.dead-letters").value());
            assertThat(letter.getTopic()).isEqualTo("forebay.admitted");
            assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(bytes("acme")));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(bytes("?")));
        }
    }

    @Test
    void bucketsAreDatedByTheClock() {
        try (TopologyRun run = new TopologyRun(topology(QUOTA))) {
            TestRecord<byte[], byte[]> event = record("acme", "r-1");
            run.pipe(
                    "forebay.requests",
                    new TestRecord<>(event.key(), event.value(), new RecordHeaders(), Long.MAX_VALUE));

            assertThat(run.only("test-quota-changelog").getRecordTime()).isEqualTo(NOW);
        }
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        try (TopologyRun run = new TopologyRun(topology(QUOTA))) {
            send(run, "acme", "r-1");
            now = NOW.plusMillis(999);
            run.passHours(1);
            assertThat(run.all("test-quota-changelog")).hasSize(1);

            now = NOW.plusMillis(1_000);
            run.passHours(1);

            TestRecord<byte[], byte[]> deleted = run.only("test-quota-changelog");
            assertThat(key(deleted)).isEqualTo("acme");
            assertThat(deleted.value()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{requests: 0}|intake.quota.requests",
                "{requests: 5, per: 10 ms}|intake.quota.per",
                "{requests: 5, per: 40 d}|intake.quota.per",
                "{requests: 5, burst: 0}|intake.quota.burst",
                "{requests: 5, excess: drop}|intake.quota.excess",
                "{request: 5}|intake.quota.request",
                "{per: 1 min}|intake.quota.per",
                "{tenants: {acme: {burst: 3}}}|intake.quota.tenants.acme.burst"
            })
    void mistakesAreNamed(String quota, String key) {
        assertThat(Configs.problems("intake: {quota: " + quota + "}"))
                .extracting(Problem::key)
                .containsExactly(key);
    }

    @Test
    void topicsOfTheWayHaveToDiffer() {
        assertThat(Configs.problems("topics: {admitted: forebay.work}"))
                .extracting(Problem::key)
                .containsExactly("topics.work");
    }

    private void send(TopologyRun run, String tenant, String id) {
        run.pipe("forebay.requests", record(tenant, id));
    }

    private TestRecord<byte[], byte[]> record(String tenant, String id) {
        Request request = Request.newBuilder()
                .setRequestId(id)
                .setTask("triage")
                .setTenant(tenant)
                .setText("a text")
                .setIssuedAt(STAMP)
                .build();
        byte[] value = codecs.of(TOPICS.requests(), Request.class).encode(request);
        return new TestRecord<>(bytes("k-" + id), value, new RecordHeaders(), STAMP);
    }

    private List<String> admitted(TopologyRun run, String topic) {
        return run.all(topic).stream()
                .map(record -> TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value())
                        .getRequestId())
                .toList();
    }

    private static String key(TestRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private Topology topology(String keys) {
        return IntakeTopology.build(
                Configs.read("intake: {" + keys + "}").intake(), TOPICS, codecs, () -> now, new Refusals());
    }
}
