package dev.forebay.processors.digest;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DigestTopologyTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String TUMBLING =
            "{name: complaints, when: task == 'triage', group-by: attributes.country, task: digest, grace: 10 s,"
                    + " window: {tumbling: 1 min}}";

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private Instant now = NOW;

    @Test
    void topologyIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(TUMBLING), "digest.txt");
    }

    @Test
    void windowBecomesARequestWithoutAFurtherEvent() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            send(run, "r-1", "First.", "DE", NOW);
            now = NOW.plusSeconds(1);
            send(run, "r-2", "Second.", "DE", NOW.plusSeconds(1));
            pass(run, 68);
            assertThat(digests(run)).isEmpty();
            pass(run, 1);

            TestRecord<byte[], byte[]> record = only(run.all("forebay.work"));
            Request digest = decoded(record);
            assertThat(digest.getText()).isEqualTo("First.\n\nSecond.");
            assertThat(digest.getTask()).isEqualTo("digest");
            assertThat(digest.getLane()).isEqualTo(Lane.LIVE);
            assertThat(digest.getRequestId()).isEqualTo("complaints/DE/2026-11-24T12:00:00Z");
            assertThat(digest.getAttributes())
                    .containsEntry("digest", "complaints")
                    .containsEntry("texts", "2")
                    .containsEntry("sources", "forebay.work-0:0-1");
            assertThat(record.key()).isEqualTo(bytes("complaints/DE"));
            assertThat(record.getRecordTime()).isEqualTo(now);
        }
    }

    @Test
    void digestIsInNoDigestItself() {
        try (TopologyRun run =
                new TopologyRun(topology("{name: all, task: digest, grace: 0 s, window: {tumbling: 1 min}}"))) {
            send(run, "r-1", "First.", "DE", NOW);
            pass(run, 61);
            assertThat(digests(run)).hasSize(1);
            pass(run, 240);

            assertThat(digests(run)).isEmpty();
        }
    }

    @Test
    void onlyWhatTheConditionAndTheGroupTakeIsGathered() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            send(run, "r-1", "Taken.", "DE", NOW);
            Request.Builder other = request("r-2", "Of another task.", "DE", NOW);
            other.setTask("digest");
            pipe(run, "forebay.work", other);
            Request.Builder without = request("r-3", "Of no country.", "DE", NOW);
            without.setAttributes(Map.of());
            pipe(run, "forebay.work", without);
            pass(run, 70);

            assertThat(digests(run)).extracting(Request::getText).containsExactly("Taken.");
        }
    }

    @Test
    void tenantsAreNeverInOneDigest() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            for (String tenant : List.of("a", "b")) {
                Request.Builder request = request("r-1", "Of " + tenant + ".", "DE", NOW);
                request.setTenant(tenant);
                pipe(run, "forebay.work", request);
            }
            pass(run, 70);

            assertThat(digests(run))
                    .extracting(Request::getTenant, Request::getText)
                    .containsExactlyInAnyOrder(tuple("a", "Of a."), tuple("b", "Of b."));
        }
    }

    @Test
    void bothLanesAreReadAndTheDigestHasItsOwn() {
        try (TopologyRun run =
                new TopologyRun(topology("{name: all, task: digest, lane: bulk, window: {tumbling: 1 min}}"))) {
            send(run, "r-1", "Live.", "DE", NOW);
            Request.Builder bulk = request("r-2", "Bulk.", "DE", NOW.plusMillis(1));
            bulk.setLane(Lane.BULK);
            now = NOW.plusSeconds(1);
            pipe(run, "forebay.work-bulk", bulk);
            pass(run, 130);

            assertThat(run.all("forebay.work")).isEmpty();
            Request digest = decoded(only(run.all("forebay.work-bulk")));
            assertThat(digest.getLane()).isEqualTo(Lane.BULK);
            assertThat(digest.getText()).isEqualTo("Live.\n\nBulk.");
            assertThat(digest.getAttributes())
                    .containsEntry("sources", "forebay.work-0:0-0,forebay.work-bulk-0:0-0")
                    .doesNotContainKey("group");
        }
    }

    @Test
    void oneRequestMayBeInSeveralDigests() {
        try (TopologyRun run = new TopologyRun(topology(
                TUMBLING + ", {name: hourly, group-by: key, task: digest, window: {hopping: 1 h, every: 30 min}}"))) {
            send(run, "r-1", "Text.", "DE", NOW);
            pass(run, 3_700);

            assertThat(digests(run))
                    .extracting(Request::getRequestId)
                    .containsExactly(
                            "complaints/DE/2026-11-24T12:00:00Z",
                            "hourly/k/2026-11-24T11:30:00Z",
                            "hourly/k/2026-11-24T12:00:00Z");
        }
    }

    @Test
    void sessionsThatAreJoinedAreOneDigest() {
        try (TopologyRun run = new TopologyRun(
                topology("{name: visits, group-by: key, task: digest, grace: 10 s, window: {session: 30 s}}"))) {
            Instant before = NOW.minusSeconds(600);
            send(run, "r-1", "One.", "DE", before);
            send(run, "r-3", "Three.", "DE", before.plusSeconds(50));
            send(run, "r-2", "Two.", "DE", before.plusSeconds(25));
            pass(run, 11);

            assertThat(digests(run)).singleElement().satisfies(digest -> {
                assertThat(digest.getText()).isEqualTo("One.\n\nTwo.\n\nThree.");
                assertThat(digest.getRequestId()).isEqualTo("visits/k/2026-11-24T11:50:00Z");
                assertThat(digest.getAttributes()).containsEntry("window_end", "2026-11-24T11:50:50Z");
            });
        }
    }

    @Test
    void lateRequestIsCountedInTheNextDigestOfItsGroup() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            send(run, "r-1", "First.", "DE", NOW);
            pass(run, 75);
            assertThat(digests(run)).hasSize(1);
            send(run, "late", "Late.", "DE", NOW);
            send(run, "r-2", "Second.", "DE", now);
            pass(run, 60);

            assertThat(digests(run)).singleElement().satisfies(digest -> {
                assertThat(digest.getText()).isEqualTo("Second.");
                assertThat(digest.getAttributes()).containsEntry("late", "1");
            });
        }
    }

    @Test
    void ofManyTextsASampleOfTheWindowIsTaken() {
        try (TopologyRun run = new TopologyRun(
                topology("{name: all, task: digest, grace: 0 s, max-texts: 20, window: {tumbling: 1 min}}"))) {
            for (int i = 0; i < 500; i++) {
                send(run, "r-" + i, "Text " + i + ".", "DE", NOW.plusMillis(i));
            }
            pass(run, 61);

            assertThat(digests(run)).singleElement().satisfies(digest -> {
                assertThat(digest.getText().lines().filter(line -> !line.isEmpty()))
                        .hasSize(20);
                assertThat(digest.getAttributes()).containsEntry("texts", "20").containsEntry("left_out", "480");
            });
        }
    }

    @Test
    void whatIsNoRequestStopsNothing() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            run.pipe("forebay.work", new TestRecord<>(bytes("k"), bytes("no request"), new RecordHeaders(), NOW));
            run.pipe("forebay.work", new TestRecord<>(null, null, new RecordHeaders(), NOW));
            run.pipe("forebay.digest-events", new TestRecord<>(null, null, new RecordHeaders(), NOW));
            run.pipe(
                    "forebay.digest-events",
                    new TestRecord<>(
                            new Group("complaints", "a", "DE").key(), bytes("no request"), new RecordHeaders(), NOW));
            run.pipe(
                    "forebay.digest-events",
                    new TestRecord<>(new Group("gone", "a", "DE").key(), bytes("x"), new RecordHeaders(), NOW));
            send(run, "r-1", "First.", "DE", NOW);
            pass(run, 70);

            assertThat(digests(run)).hasSize(1);
            run.all("forebay.digest-events");
            run.assertNothingElse();
        }
    }

    /** Brokers refuse dates in the future, so one in the store's topic would stop the digests at this record for good. */
    @Test
    void windowIsDatedByTheClockAndNotByItsRequests() {
        try (TopologyRun run = new TopologyRun(topology(TUMBLING))) {
            Request.Builder request = request("r-1", "First.", "DE", NOW.plus(Duration.ofDays(500)));
            byte[] value = codecs.of(TOPICS.work(), Request.class).encode(request.build());
            run.pipe("forebay.work", new TestRecord<>(bytes("k"), value, new RecordHeaders(), Long.MAX_VALUE));
            pass(run, 70);

            assertThat(digests(run)).hasSize(1);
            assertThat(run.all("test-windows-changelog")).isNotEmpty().allMatch(record -> !record.getRecordTime()
                    .isAfter(now));
            assertThat(run.only("test-closed-changelog").getRecordTime()).isEqualTo(now);
            assertThat(run.only("forebay.digest-events").getRecordTime()).isEqualTo(NOW);
        }
    }

    private void send(TopologyRun run, String id, String text, String country, Instant issued) {
        pipe(run, "forebay.work", request(id, text, country, issued));
    }

    private void pipe(TopologyRun run, String topic, Request.Builder request) {
        byte[] value = codecs.of(TOPICS.work(), Request.class).encode(request.build());
        run.pipe(topic, new TestRecord<>(bytes("k"), value, new RecordHeaders(), now));
    }

    private static Request.Builder request(String id, String text, String country, Instant issued) {
        return Request.newBuilder()
                .setRequestId(id)
                .setTask("triage")
                .setText(text)
                .setAttributes(Map.of("country", country))
                .setIssuedAt(issued);
    }

    /** Second by second: a longer step would be a pause, after which nothing is closed for a while. */
    private void pass(TopologyRun run, int seconds) {
        for (int second = 0; second < seconds; second++) {
            now = now.plusSeconds(1);
            run.look();
        }
    }

    private List<Request> digests(TopologyRun run) {
        return run.all("forebay.work").stream()
                .map(this::decoded)
                .filter(request -> request.getAttributes().containsKey("digest"))
                .toList();
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private Request decoded(TestRecord<byte[], byte[]> record) {
        return TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value());
    }

    private Topology topology(String digests) {
        return DigestTopology.build(
                Configs.read("digests: {windows: [" + digests + "]}").digests(),
                TOPICS,
                codecs,
                () -> now,
                new Refusals());
    }
}
