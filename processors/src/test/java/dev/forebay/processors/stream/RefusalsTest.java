package dev.forebay.processors.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Event.Position;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Position FIRST = new Position("t", 0, 1);
    private static final Position SECOND = new Position("t", 0, 2);

    private final Refusals refusals = new Refusals();
    private final Thread thread = new Thread();

    @Test
    void eventIsFoundByTheVeryArrayThatWasMadeOfIt() {
        byte[] made = {1, 2};
        refusals.departed(made, FIRST, 0, thread);
        refusals.departed(new byte[] {1, 2}, SECOND, 0, thread);

        assertThat(refusals.note(made, "work")).contains(FIRST);

        assertThat(refusals.of(FIRST, 0)).contains(new Refusals.Refusal("work", 2));
        assertThat(refusals.of(SECOND, 0)).isEmpty();
    }

    @Test
    void unknownArrayAndSecondRefusalAreNoNews() {
        byte[] large = {1};
        byte[] less = {2};
        refusals.departed(large, FIRST, 0, thread);

        assertThat(refusals.note(new byte[] {1}, "work")).isEmpty();
        assertThat(refusals.takeNews()).isFalse();
        assertThat(refusals.note(large, "work")).isPresent();
        assertThat(refusals.takeNews()).isTrue();
        assertThat(refusals.takeNews()).as("taken").isFalse();

        refusals.departed(less, FIRST, 0, new Thread());
        assertThat(refusals.note(less, "dead-letters")).isEmpty();
        assertThat(refusals.takeNews()).isFalse();
    }

    /** A producer whose transaction has failed gives the same fault to whatever waited behind the record at fault. */
    @Test
    void onlyTheFirstRefusalOfAThreadNamesTheRecordAtFault() {
        byte[] large = {1};
        byte[] waiting = {2};
        refusals.departed(large, FIRST, 0, thread);
        refusals.departed(waiting, SECOND, 0, thread);

        assertThat(refusals.note(large, "work")).contains(FIRST);
        assertThat(refusals.note(waiting, "work")).isEmpty();
        assertThat(refusals.of(SECOND, 0)).isEmpty();

        byte[] again = {2};
        refusals.departed(again, SECOND, 0, new Thread());
        assertThat(refusals.note(again, "work"))
                .as("the thread that replaced it")
                .contains(SECOND);
    }

    @Test
    void eachRecordThatWasMadeOfAnEventIsRefusedByItself() {
        byte[] small = {1};
        byte[] large = {2};
        refusals.departed(small, FIRST, 0, thread);
        refusals.departed(large, FIRST, 1, thread);

        assertThat(refusals.note(large, "work")).contains(FIRST);

        assertThat(refusals.of(FIRST, 0)).isEmpty();
        assertThat(refusals.of(FIRST, 1)).isPresent();
        assertThat(refusals.of(FIRST)).as("any").isPresent();
        byte[] again = {1};
        refusals.departed(again, FIRST, 0, new Thread());
        assertThat(refusals.note(again, "rejections")).as("is news").contains(FIRST);
        assertThat(refusals.of(FIRST, 0)).isPresent();
    }

    @Test
    void reasonSaysHowLargeItWasAndWhereItShouldHaveGone() {
        assertThat(new Refusals.Refusal("work", 5_000).reason().message())
                .contains("5000 bytes")
                .contains("topic work")
                .contains("max.message.bytes");
    }

    @Test
    void whatATopicHasRefusedItRefusesOfAnyOther() {
        byte[] large = {1, 2, 3};
        refusals.departed(large, FIRST, 0, thread);
        assertThat(refusals.refuses("work", 3)).isFalse();
        assertThat(refusals.note(large, "work")).isPresent();

        assertThat(refusals.refuses("work", 3)).isTrue();
        assertThat(refusals.refuses("work", 2)).isFalse();
        assertThat(refusals.refuses("results", 3)).isFalse();
    }
}
