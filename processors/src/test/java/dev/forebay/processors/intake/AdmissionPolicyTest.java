package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Events;
import dev.forebay.processors.event.Reason;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionPolicyTest {
    private final AdmissionPolicy policy = new AdmissionPolicy(5, 8, Set.of(), Sample.ALL);

    @Test
    void lengthIsCountedInCodePoints() {
        assertThat(refused("💳💳💳💳💳", null)).isEmpty();
        assertThat(refused("💳💳💳💳💳💳", null))
                .contains(new Reason(
                        ReasonCode.TEXT_TOO_LONG,
                        "The text has 6 characters; intake.max-chars allows 5. Shorten it, or raise the limit."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u00A0", "\u2003", "\u200B", "\uFEFF", "\u0000"})
    void textWithNothingToReadIsEmpty(String text) {
        assertThat(refused(text, null)).map(Reason::code).contains(ReasonCode.EMPTY_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "0", "💳", "字", " a "})
    void shortTextIsText(String text) {
        assertThat(refused(text, null)).isEmpty();
    }

    @Test
    void deadlineIsTheFirstMomentThatIsTooLate() {
        assertThat(refused("a", NOW.plusMillis(1))).isEmpty();
        assertThat(refused("a", NOW)).map(Reason::code).contains(ReasonCode.EXPIRED);
        assertThat(refused("a", NOW.minusSeconds(1))).map(Reason::code).contains(ReasonCode.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDCB3", "a\uD83D", "\uDCB3\uD83D", "\uD83D\uD83D"})
    void textWithHalfAPairCannotBeWritten(String text) {
        assertThat(refused(text, null)).map(Reason::code).contains(ReasonCode.INVALID_UTF8);
    }

    @Test
    void recordIsMeasuredBeforeItIsRead() {
        assertThat(policy.refuseUnread(Events.of("12345678"))).isEmpty();
        assertThat(policy.refuseUnread(Events.of((byte[]) null))).isEmpty();
        assertThat(policy.refuseUnread(Events.of("123456789")))
                .map(Reason::message)
                .contains("The value has 9 bytes; intake.max-record-bytes allows 8. Shorten it, or raise the limit.");
    }

    @Test
    void headerThatIsNotACountIsNotRepeated() {
        assertThat(policy.refuseUnread(Events.of("a", Headers.OVERSIZE, "<b>12</b>")))
                .map(Reason::message)
                .hasValueSatisfying(
                        message -> assertThat(message).contains("more bytes").doesNotContain("<b>"));
    }

    private Optional<Reason> refused(String text, @Nullable Instant expiresAt) {
        return policy.refuse(new Request("r", "triage", "t", text, Map.of(), Lane.LIVE, STAMP, expiresAt), NOW);
    }
}
