package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = new Waiting();

    @Test
    void nothingIsAwaitedBeforeTheFirstFault() {
        assertThat(waiting.what(seconds(0))).isEmpty();
    }

    @Test
    void waitLastsUntilATryHasGoneOnForTenSeconds() {
        waiting.begin("a right", seconds(0));
        assertThat(waiting.what(seconds(100))).as("while it pauses").contains("a right");

        waiting.tryAgain(seconds(100));
        assertThat(waiting.what(seconds(109))).contains("a right");
        assertThat(waiting.what(seconds(110))).isEmpty();
    }

    @Test
    void tryThatFailedLateIsFollowedByALongerOne() {
        waiting.begin("a topic", seconds(0));
        waiting.tryAgain(seconds(1));
        waiting.begin("a topic", seconds(9));
        waiting.tryAgain(seconds(10));

        assertThat(waiting.what(seconds(25))).contains("a topic");
        assertThat(waiting.what(seconds(26))).isEmpty();
    }

    @Test
    void tryThatNobodyLookedAtCountsAsWell() {
        waiting.begin("a topic", seconds(0));
        waiting.tryAgain(seconds(1));
        waiting.begin("a topic", seconds(61));
        waiting.tryAgain(seconds(62));

        assertThat(waiting.what(seconds(181))).contains("a topic");
        assertThat(waiting.what(seconds(182))).isEmpty();
    }

    @Test
    void faultAfterALongTimeOfQuietIsANewWait() {
        waiting.begin("a topic", seconds(0));
        waiting.tryAgain(seconds(1));
        waiting.begin("a right", seconds(10_000));
        waiting.tryAgain(seconds(10_001));

        assertThat(waiting.what(seconds(10_010))).contains("a right");
        assertThat(waiting.what(seconds(10_011))).isEmpty();
    }

    @Test
    void lastThreadThatPausesKeepsTheWait() {
        waiting.begin("the broker", seconds(0));
        waiting.begin("a right", seconds(1));
        waiting.tryAgain(seconds(2));

        assertThat(waiting.what(seconds(60))).contains("a right");
        waiting.tryAgain(seconds(60));
        assertThat(waiting.what(seconds(70))).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
