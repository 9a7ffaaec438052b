package dev.forebay.processors.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void lastHeaderOfANameCounts() {
        Event event = Events.of("x", "a", "first", "b", "other", "a", "last");

        assertThat(event.header("a")).contains("last");
        assertThat(event.header("c")).isEmpty();
    }

    @Test
    void headerWithoutValueIsNoHeader() {
        Event event = new Event(
                new Event.Position("events", 0, 0), Events.STAMP, null, null, List.of(new EventHeader("a", null)));

        assertThat(event.header("a")).isEmpty();
    }

    @Test
    void timestampOfTheFutureIsThePresent() {
        assertThat(Events.at(Events.NOW.plusSeconds(1), null).timestampUntil(Events.NOW))
                .isEqualTo(Events.NOW);
        assertThat(Events.of("x").timestampUntil(Events.NOW)).isEqualTo(Events.STAMP);
    }

    @Test
    void positionIsReadAsItIsWritten() {
        Event.Position position = new Event.Position("my-topic-1", 3, 41);

        assertThat(Event.Position.read(position.toString())).contains(position);
        for (String other : new String[] {"", "x", "x-1", "-1-2", "x-y-2", "x-1-", "x-1-99999999999999999999"}) {
            assertThat(Event.Position.read(other)).as(other).isEmpty();
        }
    }
}
