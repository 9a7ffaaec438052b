package dev.forebay.deploy.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.pipeline.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LetterFilterTest {
    private static final Position POSITION = new Position(0, 17);
    private static final Letter LETTER = Letters.at(POSITION, Letters.content());

    @Test
    void nothingAskedForIsMetByAll() {
        assertThat(LetterFilter.ALL.matches(LETTER)).isTrue();
    }

    @Test
    void oneOfEachKindIsEnoughAndEachKindHasToBeMet() {
        assertThat(filter(Set.of("malformed", "null_value"), Set.of("events")).matches(LETTER))
                .isTrue();
        assertThat(filter(Set.of("null_value"), Set.of("events")).matches(LETTER))
                .isFalse();
        assertThat(filter(Set.of("malformed"), Set.of("others")).matches(LETTER))
                .isFalse();
    }

    @Test
    void positionsAreExact() {
        assertThat(at(POSITION).matches(LETTER)).isTrue();
        assertThat(at(new Position(1, 17)).matches(LETTER)).isFalse();
        assertThat(at(new Position(0, 18)).matches(LETTER)).isFalse();
    }

    @Test
    void aLetterWithoutRequestIdIsNotTheOneOfARequest() {
        LetterFilter filter =
                new LetterFilter(Set.of(), Set.of(), Set.of(), Set.of("r-1"), Optional.empty(), Optional.empty());

        assertThat(filter.matches(LETTER)).isTrue();
        assertThat(filter.matches(Letters.at(POSITION, Letters.content().setRequestId(null))))
                .isFalse();
    }

    @Test
    void sinceIsIncludedAndUntilIsNot() {
        assertThat(between(Letters.FAILED_AT, Letters.FAILED_AT.plusMillis(1))).isTrue();
        assertThat(between(Letters.FAILED_AT.minusMillis(1), Letters.FAILED_AT)).isFalse();
        assertThat(between(Letters.FAILED_AT.plusMillis(1), Letters.FAILED_AT.plusSeconds(1)))
                .isFalse();
    }

    private static boolean between(Instant since, Instant until) {
        return new LetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Optional.of(since), Optional.of(until))
                .matches(LETTER);
    }

    private static LetterFilter at(Position position) {
        return new LetterFilter(Set.of(position), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    private static LetterFilter filter(Set<String> codes, Set<String> topics) {
        return new LetterFilter(Set.of(), codes, topics, Set.of(), Optional.empty(), Optional.empty());
    }
}
