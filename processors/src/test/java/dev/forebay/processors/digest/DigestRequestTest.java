package dev.forebay.processors.digest;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.Digests.Run;
import dev.forebay.schemas.record.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestRequestTest {
    private static final Bounds BOUNDS = new Bounds(3, 1_000, 100);

    private final Digest digest = Digests.digest(Digests.TUMBLING, Late.DROP, BOUNDS);

    @Test
    void textsStandInTheOrderOfTimeWithABlankLineBetween() {
        Run run = new Run(digest, NOW.plusSeconds(30));
        run.take("DE", "r-3", NOW.plusSeconds(20), "Third.");
        run.take("DE", "r-1", NOW, "First.");
        run.take("DE", "r-2", NOW.plusSeconds(10), "Second.");

        Request request = DigestRequest.of(digest, closed(run), 0, run.now).orElseThrow();

        assertThat(request.getText()).isEqualTo("First.\n\nSecond.\n\nThird.");
        assertThat(request.getRequestId()).isEqualTo("complaints/DE/2026-11-24T12:00:00Z");
        assertThat(request.getTask()).isEqualTo("digest");
        assertThat(request.getTenant()).isEqualTo("default");
        assertThat(request.getIssuedAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(request.getAttributes())
                .isEqualTo(Map.of(
                        "digest", "complaints",
                        "group", "DE",
                        "window_start", "2026-11-24T12:00:00Z",
                        "window_end", "2026-11-24T12:01:00Z",
                        "texts", "3",
                        "left_out", "0",
                        "late", "0",
                        "sources", "forebay.work-0:0-2"));
    }

    @Test
    void requestThatWasTooLargeHasHalfAsMuchAndSaysWhatItLeavesOut() {
        Run run = new Run(digest, NOW);
        for (int i = 0; i < 5; i++) {
            run.take("DE", "r-" + i, NOW, "x".repeat(100));
        }
        Closed closed = closed(run);

        Request half = DigestRequest.of(digest, closed, 1, NOW).orElseThrow();
        assertThat(half.getAttributes()).containsEntry("texts", "1").containsEntry("left_out", "4");
        assertThat(half.getText()).hasSize(100);
        assertThat(DigestRequest.of(digest, closed, 2, NOW))
                .as("nothing is left")
                .isEmpty();
        assertThat(DigestRequest.of(digest, closed, 99, NOW)).isEmpty();
    }

    @Test
    void groupOfATenantAloneHasNoGroupInItsNames() {
        OpenWindow window = new OpenWindow(
                new WindowKey(new Group("complaints", "acme", null), 0),
                new Span(0, 1_000),
                new OpenWindow.Tally(1, 3, 0, 0),
                new OpenWindow.Alarm(1_000, 0, 0),
                Sources.NONE);
        KeptText text = new KeptText(new byte[16], 5, "x");

        Request request = DigestRequest.of(digest, new Closed(window, List.of(text)), 0, NOW)
                .orElseThrow();

        assertThat(request.getRequestId()).isEqualTo("complaints/1970-01-01T00:00:00Z");
        assertThat(request.getAttributes()).doesNotContainKey("group");
        assertThat(request.getTenant()).isEqualTo("acme");
    }

    private static Closed closed(Run run) {
        List<Closed> closed = run.pass(Duration.ofMinutes(2));
        assertThat(closed).hasSize(1);
        return closed.get(0);
    }
}
