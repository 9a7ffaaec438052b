package dev.forebay.processors.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowRuleTest {
    @Test
    void tumblingWindowHasItsStartAndNotItsEnd() {
        WindowRule.Fixed rule = fixed(10, 10);

        assertThat(rule.around(0)).containsExactly(new Span(0, 10));
        assertThat(rule.around(9)).containsExactly(new Span(0, 10));
        assertThat(rule.around(10)).containsExactly(new Span(10, 20));
    }

    @Test
    void hoppingWindowsOverlap() {
        WindowRule.Fixed rule = fixed(10, 4);

        assertThat(rule.around(12)).containsExactly(new Span(4, 14), new Span(8, 18), new Span(12, 22));
        assertThat(rule.around(14)).containsExactly(new Span(8, 18), new Span(12, 22));
        assertThat(rule.around(15)).containsExactly(new Span(8, 18), new Span(12, 22));
    }

    @Test
    void everyWindowOfAMomentIsFoundAndNoOther() {
        for (int size = 1; size <= 12; size++) {
            for (int every = 1; every <= size; every++) {
                for (int time = 0; time < 40; time++) {
                    int now = time;
                    long expected = 0;
                    for (int start = -every * 12; start <= time; start += every) {
                        expected += start > time - size ? 1 : 0;
                    }
                    assertThat(fixed(size, every).around(time))
                            .as("size %s every %s at %s", size, every, time)
                            .hasSize((int) expected)
                            .allMatch(span -> span.start() <= now && now < span.end());
                }
            }
        }
    }

    @Test
    void sessionReachesAsFarAsItsGapOnBothSides() {
        WindowRule.Session rule = new WindowRule.Session(Duration.ofMillis(5), Duration.ofMillis(20));
        Span session = new Span(100, 110);

        assertThat(rule.reaches(session, 95)).isTrue();
        assertThat(rule.reaches(session, 94)).isFalse();
        assertThat(rule.reaches(session, 105)).isTrue();
        assertThat(rule.reaches(session, 115)).isTrue();
        assertThat(rule.reaches(session, 116)).isFalse();
        assertThat(rule.allows(new Span(0, 20))).isTrue();
        assertThat(rule.allows(new Span(0, 21))).isFalse();
    }

    private static WindowRule.Fixed fixed(int size, int every) {
        return new WindowRule.Fixed(Duration.ofMillis(size), Duration.ofMillis(every));
    }
}
