package dev.forebay.deploy.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.DeadLetter;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayPolicyTest {
    private final ReplayPolicy policy = new ReplayPolicy(Set.of("events"), 5);

    @Test
    void aLetterOfADeclaredTopicGoes() {
        assertThat(policy.refuse(letter(Letters.content().setAttempts(4)), false))
                .isEmpty();
    }

    @Test
    void noneGoesForever() {
        assertThat(policy.refuse(letter(Letters.content().setAttempts(5)), false))
                .contains(ReplayRefusal.TOO_MANY_ATTEMPTS);
    }

    @Test
    void noneGoesTwice() {
        assertThat(policy.refuse(letter(Letters.content()), true)).contains(ReplayRefusal.REPLAYED_BEFORE);
    }

    @Test
    void noneGoesToATopicThatOnlyItNames() {
        assertThat(policy.refuse(letter(Letters.content().setTopic("elsewhere")), false))
                .contains(ReplayRefusal.UNDECLARED_TOPIC);
    }

    @Test
    void noneGoesWithoutItsOriginal() {
        assertThat(policy.refuse(letter(Letters.content().setValue(null)), false))
                .contains(ReplayRefusal.NO_PAYLOAD);
    }

    private static Letter letter(DeadLetter.Builder content) {
        return Letters.at(new Position(0, 0), content);
    }
}
