package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final int MANY = 20_000;

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @ParameterizedTest
    @CsvSource({"0.01", "0.1", "0.5", "0.9"})
    void shareOfManyIsTaken(double share) {
        double taken = IntStream.range(0, MANY)
                .filter(i -> takes(share, "acme", "r-" + i))
                .count();

        assertThat(taken / MANY).isBetween(share - 0.01, share + 0.01);
    }

    @Test
    void everythingOrNothingIsTakenAtTheEnds() {
        assertThat(IntStream.range(0, MANY)).allMatch(i -> takes(1, "acme", "r-" + i));
        assertThat(IntStream.range(0, MANY)).noneMatch(i -> takes(0, "acme", "r-" + i));
    }

    @Test
    void greaterSampleHasAllOfALesserOne() {
        assertThat(IntStream.range(0, MANY).filter(i -> takes(0.1, "acme", "r-" + i)))
                .isNotEmpty()
                .allMatch(i -> takes(0.2, "acme", "r-" + i));
    }

    @Test
    void tenantsHaveSamplesOfTheirOwn() {
        long alike = IntStream.range(0, MANY)
                .filter(i -> takes(0.5, "acme", "r-" + i) == takes(0.5, "beta", "r-" + i))
                .count();

        assertThat((double) alike / MANY).isBetween(0.45, 0.55);
    }

    /** The algorithm is documented: who counts along has to find the same requests. */
    @Test
    void sampleIsThatOfTheDocumentedHash() {
        List<String> taken = IntStream.range(0, 40)
                .mapToObj(i -> "r-" + i)
                .filter(id -> takes(0.1, "default", id))
                .toList();

        assertThat(taken).containsExactly("r-2", "r-10", "r-14", "r-17", "r-34");
    }

    @Test
    void whatIsNotTakenIsRejectedWithItsAttributesBeforeAnythingElse() {
        String intake = "{sources: [{topic: notes, format: json, text: /text, id: /id, task: triage, sample: 0,"
                + " attributes: {kind: /kind}}], enrich: [{name: c, topic: crm, format: text, by: kind,"
                + " attributes: {plan: ''}, missing: wait}]}";
        try (TopologyRun run = run(intake)) {
            run.pipe("notes", event("{\"id\":\"n-1\",\"text\":\" \",\"kind\":\"k\"}"));

            TestRecord<byte[], byte[]> out = run.only("forebay.rejections");
            Rejection rejection = TopologyRun.decoded(codecs.of(TOPICS.rejections(), Rejection.class), out.value());
            assertThat(rejection.getCode()).isEqualTo("not_sampled");
            assertThat(rejection.getRequestId()).isEqualTo("n-1");
            assertThat(rejection.getAttributes()).isEqualTo(Map.of("kind", "k"));
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("not_sampled");
            run.assertNothingElse();
        }
    }

    /** What cannot be read has no id to go by. */
    @Test
    void eachRequestOfAnEventIsTakenByItsOwnIdAndDeadLettersRemain() {
        String intake = "{sources: [{topic: notes, format: json, each: '', text: /t, id: '', tenant: default,"
                + " task: triage, sample: 0.1}]}";
        try (TopologyRun run = run(intake)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("forebay-request-id", bytes("r"));
            String[] parts =
                    IntStream.range(0, 40).mapToObj(i -> "{\"t\":\"x\"}").toArray(String[]::new);
            run.pipe("notes", new TestRecord<>(null, bytes("[" + String.join(",", parts) + "]"), headers, STAMP));
            run.pipe("notes", event("{"));

            List<TestRecord<byte[], byte[]>> work = run.all("forebay.work");
            List<TestRecord<byte[], byte[]>> rejected = run.all("forebay.rejections");
            assertThat(work.size() + rejected.size()).isEqualTo(40);
            assertThat(work)
                    .hasSizeBetween(1, 12)
                    .allMatch(record -> takes(
                            0.1,
                            "default",
                            TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value())
                                    .getRequestId()));
            assertThat(run.all("forebay.dead-letters")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5", "-0.1", "half", "NaN"})
    void mistakesAreNamed(String sample) {
        assertThat(Configs.problems("intake: {sources: [{topic: a, format: request, sample: " + sample + "}]}"))
                .extracting(Problem::key)
                .containsExactly("intake.sources[0].sample");
    }

    private static boolean takes(double share, String tenant, String id) {
        Request request = new Request(id, "triage", tenant, "text", Map.of(), Lane.LIVE, STAMP, null);
        return new Sample(share).refuse(request).isEmpty();
    }

    private TopologyRun run(String intake) {
        return new TopologyRun(IntakeTopology.build(
                Configs.read("intake: " + intake).intake(), TOPICS, codecs, () -> NOW, new Refusals()));
    }

    private static TestRecord<byte[], byte[]> event(String json) {
        return new TestRecord<>(null, bytes(json), new RecordHeaders(), STAMP);
    }
}
