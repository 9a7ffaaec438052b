package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class LanguageIntakeTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String CONFIG =
            """
            intake:
              screen: {block: [bombe]}
              language: {allowed: [en, de]}
              redaction: {types: [email]}
            """;

    private final Codecs codecs = Codecs.over(new MemoryRegistry());

    @Test
    void languageIsToldOfTheTextAsItCame() {
        try (TopologyRun run = run()) {
            send(run, "Bitte schreiben Sie mir an anna@example.org, sobald das Paket unterwegs ist.", "fr");

            Request request = TopologyRun.decoded(
                    codecs.of(TOPICS.work(), Request.class),
                    run.only("forebay.work").value());
            assertThat(request.getAttributes()).isEqualTo(Map.of("language", "de", "redacted", "email=1", "x", "y"));
            assertThat(request.getText()).contains("an [EMAIL], sobald");
            run.assertNothingElse();
        }
    }

    @Test
    void languageThatIsNotWantedIsRejectedWithItsName() {
        try (TopologyRun run = run()) {
            send(run, "La bouilloire fuit depuis le premier jour et personne ne répond au téléphone.", "en");

            TestRecord<byte[], byte[]> out = run.only("forebay.rejections");
            Rejection rejection = TopologyRun.decoded(codecs.of(TOPICS.rejections(), Rejection.class), out.value());
            assertThat(rejection.getCode()).isEqualTo("language_not_allowed");
            assertThat(rejection.getAttributes()).isEqualTo(Map.of("language", "fr", "x", "y"));
            assertThat(rejection.getMessage()).contains("in the language fr").doesNotContain("bouilloire");
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("language_not_allowed");
            run.assertNothingElse();
        }
    }

    @Test
    void whatTheScreenBlocksIsBlockedInAnyLanguage() {
        try (TopologyRun run = run()) {
            send(run, "Dans la boîte il y avait une bombe de peinture que je n'avais pas commandée.", "fr");

            assertThat(TopologyRun.header(run.only("forebay.rejections"), "forebay-code"))
                    .isEqualTo("blocked");
        }
    }

    @Test
    void shortTextGoesOnWithoutALanguage() {
        try (TopologyRun run = run()) {
            send(run, "OK", "fr");

            assertThat(TopologyRun.decoded(
                                    codecs.of(TOPICS.work(), Request.class),
                                    run.only("forebay.work").value())
                            .getAttributes())
                    .isEqualTo(Map.of("x", "y"));
        }
    }

    /** A ready-made request, which may claim any language. */
    private void send(TopologyRun run, String text, String claimed) {
        Request request = new Request(
                "r-1", "triage", "acme", text, Map.of("language", claimed, "x", "y"), Lane.LIVE, STAMP, null);
        byte[] value = codecs.of(TOPICS.requests(), Request.class).encode(request);
        run.pipe("forebay.requests", new TestRecord<>(bytes("k"), value, new RecordHeaders(), STAMP));
    }

    private TopologyRun run() {
        return new TopologyRun(
                IntakeTopology.build(Configs.read(CONFIG).intake(), TOPICS, codecs, () -> NOW, new Refusals()));
    }
}
