package dev.forebay.processors.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Event.Position;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Position FIRST = new Position("t", 0, 1);
    private static final Position SECOND = new Position("t", 0, 2);

    private final Refusals refusals = new Refusals();

    @Test
    void eventIsFoundByTheVeryArrayThatWasMadeOfIt() {
        byte[] made = {1, 2};
        refusals.departed(made, FIRST);
        refusals.departed(new byte[] {1, 2}, SECOND);

        assertThat(refusals.note(made, "work")).contains(FIRST);

        assertThat(refusals.of(FIRST)).contains(new Refusals.Refusal("work", 2));
        assertThat(refusals.of(SECOND)).isEmpty();
    }

    @Test
    void unknownArrayAndSecondRefusalAreNoNews() {
        byte[] large = {1};
        byte[] less = {2};
        refusals.departed(large, FIRST);

        assertThat(refusals.note(new byte[] {1}, "work")).isEmpty();
        assertThat(refusals.takeNews()).isFalse();
        assertThat(refusals.note(large, "work")).isPresent();
        assertThat(refusals.takeNews()).isTrue();
        assertThat(refusals.takeNews()).as("taken").isFalse();

        refusals.departed(less, FIRST);
        assertThat(refusals.note(less, "dead-letters")).isEmpty();
        assertThat(refusals.takeNews()).isFalse();
    }

    @Test
    void reasonSaysHowLargeItWasAndWhereItShouldHaveGone() {
        assertThat(new Refusals.Refusal("work", 5_000).reason().message())
                .contains("5000 bytes")
                .contains("topic work")
                .contains("max.message.bytes");
    }
}
