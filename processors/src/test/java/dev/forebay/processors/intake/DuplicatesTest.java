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
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Codecs codecs = Codecs.over(new MemoryRegistry());
    private Instant now = NOW;

    @Test
    void topologyWithAMemoryIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(), "intake-duplicates.txt");
    }

    @Test
    void requestThatComesAgainWithinTheWindowIsRejected() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "acme", "r-1", "first");
            now = NOW.plus(WINDOW).minusMillis(1);
            send(run, "acme", "r-1", "second");

            assertThat(admitted(run)).containsExactly("first");
            TestRecord<byte[], byte[]> out = run.only("forebay.rejections");
            Rejection rejection = TopologyRun.decoded(codecs.of(TOPICS.rejections(), Rejection.class), out.value());
            assertThat(rejection.getRequestId()).isEqualTo("r-1");
            assertThat(rejection.getTenant()).isEqualTo("acme");
            assertThat(rejection.getCode()).isEqualTo("duplicate");
            assertThat(rejection.getMessage()).contains("from forebay.requests-0-0");
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("duplicate");
            assertThat(run.all("forebay.dead-letters")).isEmpty();
        }
    }

    @Test
    void windowCountsFromTheFirstRequestAndEndsSharply() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "acme", "r-1", "first");
            now = NOW.plus(WINDOW).minusMillis(1);
            send(run, "acme", "r-1", "within");
            now = NOW.plus(WINDOW);
            send(run, "acme", "r-1", "after");

            assertThat(admitted(run)).containsExactly("first", "after");
        }
    }

    @Test
    void tenantsDoNotShareIds() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "a", "bc", "first");
            send(run, "ab", "c", "second");
            send(run, "b", "bc", "third");

            assertThat(admitted(run)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void refusedRequestMayBeMendedAndSentAgain() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "acme", "r-1", " ");
            send(run, "acme", "r-1", "mended");

            assertThat(admitted(run)).containsExactly("mended");
        }
    }

    @Test
    void clockThatIsSetBackForgetsNothing() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "acme", "r-1", "first");
            now = NOW.minus(Duration.ofMinutes(5));
            send(run, "acme", "r-1", "again");
            send(run, "acme", "r-2", "another");
            send(run, "acme", "r-2", "another again");

            assertThat(admitted(run)).containsExactly("first", "another");
        }
    }

    /** Whatever the ids and the steps of the clock, back by less than a window as well: as a list of all would have it. */
    @Test
    void decisionsAreThoseOfALedger() {
        Random random = new Random(7);
        Map<String, Instant> ledger = new HashMap<>();
        List<String> expected = new ArrayList<>();
        Instant latest = NOW;
        try (TopologyRun run = new TopologyRun(topology())) {
            for (int i = 0; i < 800; i++) {
                long step = random.nextInt(4) == 0 ? random.nextLong(WINDOW.toMillis()) : random.nextLong(20_000);
                now = random.nextInt(20) == 0
                        ? latest.minusMillis(random.nextLong(WINDOW.toMillis()))
                        : now.plusMillis(step);
                latest = now.isAfter(latest) ? now : latest;
                String id = "r-" + random.nextInt(40);
                send(run, "acme", id, "text " + i);
                Instant came = ledger.get(id);
                if (came == null || !came.isAfter(now.minus(WINDOW)) || came.isAfter(now.plus(WINDOW))) {
                    ledger.put(id, now);
                    expected.add("text " + i);
                }
            }

            assertThat(admitted(run)).isEqualTo(expected);
            assertThat(expected).hasSizeBetween(100, 700);
        }
    }

    @Test
    void eventsDatedInTheFutureDoNotMoveTheWindow() {
        try (TopologyRun run = new TopologyRun(topology())) {
            send(run, "acme", "r-1", "first");
            TestRecord<byte[], byte[]> future = record("acme", "r-2", "future", Long.MAX_VALUE);
            run.pipe("forebay.requests", future);
            send(run, "acme", "r-1", "again");

            assertThat(admitted(run)).containsExactly("first", "future");
        }
    }

    /** Brokers refuse dates in the future, so one in the store's topic would stop the intake at this record for good. */
    @Test
    void rememberedIdIsDatedByTheClockAndNotByItsEvent() {
        try (TopologyRun run = new TopologyRun(topology())) {
            run.pipe("forebay.requests", record("acme", "r-1", "future", Long.MAX_VALUE));

            assertThat(run.only("test-recent-forebay.requests-changelog").getRecordTime())
                    .isEqualTo(NOW);
        }
    }

    private void send(TopologyRun run, String tenant, String id, String text) {
        run.pipe("forebay.requests", record(tenant, id, text, STAMP.toEpochMilli()));
    }

    private TestRecord<byte[], byte[]> record(String tenant, String id, String text, long timestamp) {
        Request request = Request.newBuilder()
                .setRequestId(id)
                .setTask("triage")
                .setTenant(tenant)
                .setText(text)
                .setIssuedAt(STAMP)
                .build();
        byte[] value = codecs.of(TOPICS.requests(), Request.class).encode(request);
        return new TestRecord<>(bytes("k"), value, new RecordHeaders(), timestamp);
    }

    private List<String> admitted(TopologyRun run) {
        return run.all("forebay.work").stream()
                .map(record -> TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value())
                        .getText())
                .toList();
    }

    private Topology topology() {
        return IntakeTopology.build(
                Configs.read("intake: {duplicates: {window: 10 min}}").intake(),
                TOPICS,
                codecs,
                () -> now,
                new Refusals());
    }
}
