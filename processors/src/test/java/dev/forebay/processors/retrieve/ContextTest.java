package dev.forebay.processors.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.retrieve.Context.Filled;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
    private static final Context CONTEXT = new Context("Use:\n{passages}\n\nQ: {text}", 40);

    @Test
    void passagesAreNumberedInTheirOrder() {
        assertThat(CONTEXT.fill("Why?", List.of("one", "two")))
                .isEqualTo(new Filled("Use:\n[1] one\n[2] two\n\nQ: Why?", List.of(0, 1)));
    }

    @Test
    void textMayStandBeforeThePassages() {
        assertThat(new Context("{text} {passages}.", 40)
                        .fill("Why?", List.of("one"))
                        .text())
                .isEqualTo("Why? [1] one.");
    }

    @Test
    void whatLooksLikeAHoleInATextIsNone() {
        assertThat(CONTEXT.fill("{passages}", List.of("{text}")).text()).isEqualTo("Use:\n[1] {text}\n\nQ: {passages}");
    }

    @Test
    void textHasNoMoreThanTheMostCharactersAndAShorterPassageTakesTheRoom() {
        // 10 of the template, 4 of the text: 26 are left.
        assertThat(CONTEXT.fill("Why?", List.of("a".repeat(22), "b")))
                .as("just fits")
                .isEqualTo(new Filled("Use:\n[1] " + "a".repeat(22) + "\n\nQ: Why?", List.of(0)));
        assertThat(CONTEXT.fill("Why?", List.of("a".repeat(23), "b", "c".repeat(20), "d")))
                .as("one more does not")
                .isEqualTo(new Filled("Use:\n[1] b\n[2] d\n\nQ: Why?", List.of(1, 3)));
        assertThat(CONTEXT.fill("Why?", List.of("a".repeat(22))).text()).hasSize(40);
    }

    @Test
    void charactersAreCountedAsTheyAreSeen() {
        String passage = "😀".repeat(22);

        assertThat(CONTEXT.fill("Why?", List.of(passage)).in()).containsExactly(0);
    }

    @Test
    void textThatLeavesNoRoomHasNone() {
        assertThat(CONTEXT.fill("Q".repeat(39), List.of("a")).in()).isEmpty();
    }

    @Test
    void templateHasEachHoleOnce() {
        assertThat(Context.objection("{passages} {text} {other} }{")).isEmpty();
        assertThat(Context.objection("{text}")).hasValue("Put {passages} where it belongs.");
        assertThat(Context.objection("{passages}")).hasValue("Put {text} where it belongs.");
        assertThat(Context.objection("{passages}{text}{text}")).hasValue("Leave all but one {text} out.");
    }
}
