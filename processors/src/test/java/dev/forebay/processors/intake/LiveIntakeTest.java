package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.completion.PartEvents;
import dev.forebay.processors.control.LivePolicy;
import dev.forebay.processors.enrich.Databases;
import dev.forebay.processors.event.Trail;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** An intake whose policy changes while it runs. */
class LiveIntakeTest {
    private static final Topics TOPICS = Topics.defaults();

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @Test
    void stoppedTaskIsRefusedUntilItGoesOn() {
        try (TopologyRun run = new TopologyRun(topology(""))) {
            assertAdmitted(run, "triage");

            change(run, "intake: {stopped-tasks: [triage]}");
            Rejection rejection = refused(run, "triage");
            assertThat(rejection.getCode()).isEqualTo("task_stopped");
            assertThat(rejection.getMessage())
                    .isEqualTo(
                            "The task triage is stopped by intake.stopped-tasks. Send the request again when it is not.");
            assertThat(rejection.getPolicyVersion()).isEqualTo(0);
            assertAdmitted(run, "digest");

            change(run, "intake: {stopped-tasks: []}");
            assertAdmitted(run, "triage");
            run.assertNothingElse();
        }
    }

    @Test
    void blockListGrowsWhileItRuns() {
        try (TopologyRun run = new TopologyRun(topology("screen: {block: [launch code]}"))) {
            assertAdmitted(run, "triage");

            change(run, "intake: {screen: {block: [launch code, some text]}}");
            Rejection rejection = refused(run, "triage");
            assertThat(rejection.getCode()).isEqualTo("blocked");
            assertThat(rejection.getPolicyVersion()).isEqualTo(0);
        }
    }

    @Test
    void quotaChangesForTokensThatAreThereAlready() {
        try (TopologyRun run = new TopologyRun(topology("quota: {requests: 1, per: 1 h}"))) {
            assertAdmitted(run, "triage");
            assertThat(refused(run, "triage").getCode()).isEqualTo("quota_exceeded");

            change(run, "intake: {quota: {tenants: {other: {requests: 1}}}}");
            assertAdmitted(run, "triage");
            assertAdmitted(run, "triage");

            change(run, "intake: {quota: {requests: 2, per: 2 h}}");
            Rejection rejection = refused(run, "triage");
            assertThat(rejection.getCode()).isEqualTo("quota_exceeded");
            assertThat(rejection.getPolicyVersion()).isEqualTo(1);
        }
    }

    private static void change(TopologyRun run, String document) {
        run.pipe(TOPICS.control(), new TestRecord<>(bytes("policy"), bytes(document), new RecordHeaders(), STAMP));
    }

    private void assertAdmitted(TopologyRun run, String task) {
        send(run, task);
        assertThat(run.all("forebay.work")).hasSize(1);
    }

    private Rejection refused(TopologyRun run, String task) {
        send(run, task);
        return TopologyRun.decoded(
                codecs.of(TOPICS.rejections(), Rejection.class),
                run.only("forebay.rejections").value());
    }

    private void send(TopologyRun run, String task) {
        Request request = Request.newBuilder()
                .setRequestId("r-1")
                .setTask(task)
                .setText("some text")
                .setIssuedAt(STAMP)
                .build();
        byte[] value = codecs.of(TOPICS.requests(), Request.class).encode(request);
        run.pipe("forebay.requests", new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP));
        // What the meter reads, the driver has passed on by itself.
        run.all("forebay.admitted");
    }

    private Topology topology(String intake) {
        ProcessorsConfig file = Configs.read("{processors: {control: true}, intake: {" + intake + "}}");
        LivePolicy<IntakeConfig> policy = LivePolicy.following(
                TOPICS.control(),
                file.intake(),
                document -> file.changes().orElseThrow().over(document).intake());
        return IntakeTopology.build(
                policy,
                TOPICS,
                new IntakeTopology.Means(
                        codecs, new Databases(), () -> NOW, new Refusals(), Trail.NONE, PartEvents.none()));
    }
}
