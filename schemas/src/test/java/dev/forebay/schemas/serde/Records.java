package dev.forebay.schemas.serde;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.Coverage;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Decision;
import dev.forebay.schemas.record.Embedding;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.Generation;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.PartEnd;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.record.Span;
import dev.forebay.schemas.record.Summary;
import dev.forebay.schemas.record.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One fixed example of each record; the golden files hold exactly these. */
public final class Records {
    private static final Instant ISSUED = Instant.parse("2026-01-31T08:30:00.125Z");

    private Records() {}

    public static Request request() {
        return Request.newBuilder()
                .setRequestId("r-1")
                .setTask("classify")
                .setTenant("acme")
                .setText("Où est ma carte? \uD83D\uDCB3")
                .setAttributes(Map.of("channel", "mail"))
                .setLane(Lane.BULK)
                .setIssuedAt(ISSUED)
                .setExpiresAt(ISSUED.plusSeconds(60))
                .build();
    }

    public static Result result(Object outcome) {
        return Result.newBuilder()
                .setRequestId("r-1")
                .setTask("classify")
                .setOutcome(outcome)
                .setModel(new ModelRef("minilm", "0123456789ab"))
                .setCoverage(Coverage.TRUNCATED)
                .setTokens(12)
                .setAttributes(Map.of("channel", "mail"))
                .setIssuedAt(ISSUED)
                .setCompletedAt(ISSUED.plusMillis(40))
                .setVerdict(new Verdict(Decision.REVIEW, null, "below the threshold", "unsure", null, 7L, 0.625))
                .setText("my card is late")
                .build();
    }

    public static ReviewDecision reviewDecision() {
        return new ReviewDecision(
                result(classification()),
                ReviewAction.RELABEL,
                "transfer",
                "kim",
                "the second sentence says so",
                ISSUED.plusSeconds(3_600));
    }

    public static Classification classification() {
        return new Classification(
                "card", 0.75, List.of(new LabelScore("card", 0.75), new LabelScore("transfer", 0.25)));
    }

    public static Embedding embedding() {
        return new Embedding(List.of(0.1f, -0.25f, 3.0e-8f), true);
    }

    public static Summary summary() {
        return new Summary("First. Last.", List.of(new Span(0, 6), new Span(40, 45)));
    }

    public static Generation generation() {
        return new Generation("Hello", "stop", 7, 2);
    }

    public static Completion completion() {
        return new Completion(
                "conv-17",
                "acme",
                "forebay.events",
                3,
                1L << 40,
                3,
                false,
                List.of(
                        new PartEnd("conv-17#0", 1, EndKind.RESULT, "card", 0.75, null, ISSUED.plusMillis(40)),
                        new PartEnd("conv-17#1", 2, EndKind.DEAD_LETTER, null, null, "malformed", ISSUED.plusMillis(5)),
                        new PartEnd("conv-17#2", 3, EndKind.MISSING, null, null, null, ISSUED.plusSeconds(60))),
                0,
                ISSUED.plusSeconds(60));
    }

    public static Rejection rejection() {
        return Rejection.newBuilder()
                .setRequestId("r-2")
                .setTask("classify")
                .setCode("empty_text")
                .setMessage("field 'text' is empty")
                .setStage("intake")
                .setIssuedAt(ISSUED)
                .setRejectedAt(ISSUED.plusMillis(3))
                .setPolicyVersion(7L)
                .build();
    }

    public static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setTopic("forebay.events")
                .setPartition(3)
                .setOffset(1L << 40)
                .setTimestamp(ISSUED)
                .setKey(null)
                .setValue(ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff}))
                .setHeaders(List.of(new HeaderEntry("forebay-file", ByteBuffer.wrap(new byte[] {'a'}))))
                .setCode("malformed")
                .setMessage("not JSON, at line 1 column 2")
                .setStage("intake")
                .setFailedAt(ISSUED.plusMillis(5))
                .setAttempts(2)
                .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
                .build();
    }
}
