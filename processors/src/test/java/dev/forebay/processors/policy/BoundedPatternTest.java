package dev.forebay.processors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(
            strings = {"(a+)+$", "(a|aa)*b", "(.*)*x", "\\b\\d{3}-\\d{2}-\\d{4}\\b", "\\p{Lu}\\d{6,30}", "(?i)[^](]{2}"
            })
    void patternIsCompiled(String pattern) {
        assertThat(read(pattern)).isPresent();
        assertThat(problems.all()).isEmpty();
    }

    /** Where a backtracking matcher would try 2^100,000 ways. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "^(a*)*$", "(.*)*x"})
    void catastrophicPatternIsHarmless(String pattern) {
        String text = "a".repeat(100_000) + "!";

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> read(pattern).orElseThrow().matcher(text).find());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[a-          | RE2 says: missing closing ]",
                "(?=a)        | RE2 says: invalid or unsupported Perl syntax",
                "(a)\\1       | RE2 says: invalid escape sequence",
                "a{1001}      | RE2 says: invalid repeat count",
                "a**          | RE2 says: invalid nested repetition operator"
            })
    void whatIsNotRe2IsNotedWithItsReason(String pattern, String reason) {
        assertThat(read(pattern)).isEmpty();
        assertThat(problems.all()).hasSize(1);
        Problem problem = problems.all().get(0);
        assertThat(problem.key()).isEqualTo("ssn");
        assertThat(problem.value()).isEqualTo(pattern);
        assertThat(problem.fix()).contains(reason).endsWith("It has no look-around and no back-references.");
    }

    /** RE2/J would unfold the last to 10^12 instructions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{100}){100}",
                "(a{1000}){1000}",
                "(((a{1000}){1000}){1000}){1000}",
                "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}",
                "([](]{1000}){1000}",
                "(\\Q(\\E{1000}){1000}",
                "(?:x(?P<n>[^]]{500}){500})"
            })
    void patternThatUnfoldsWithoutBoundIsRefusedAtOnce(String pattern) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(pattern));

        assertThat(problems.all())
                .extracting(Problem::allowed)
                .containsExactly("an RE2 pattern of at most 2000 instructions");
    }

    @Test
    void longPatternIsRefused() {
        assertThat(read("a".repeat(1_000))).isPresent();
        assertThat(read("a".repeat(1_001))).isEmpty();
        assertThat(problems.all()).extracting(Problem::fix).containsExactly("It has 1001; divide it into several.");
    }

    /** A pattern that is let through to RE2/J may be larger than estimated, but not by much. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void estimateIsNearWhatRe2Makes(long seed) {
        Random random = new Random(seed);
        String[] pieces = {
            "a",
            "[b-d]",
            "[^]x]",
            "[]x]",
            "\\d",
            "\\(",
            "\\p{L}",
            "\\x{41}",
            "(",
            ")",
            "{3}",
            "{2,7}",
            "{20}",
            "{5,}",
            "*",
            "+",
            "?",
            "|",
            ".",
            "\\Q(\\E",
            "^",
            "(?:",
            "[[:alpha:]]"
        };
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            long estimate = ProgramSize.estimate(pattern.toString());
            if (estimate > 10_000) {
                continue;
            }
            try {
                int size = Pattern.compile(pattern.toString()).programSize();
                assertThat(size).as("seed %d: %s", seed, pattern).isLessThanOrEqualTo((int) (4 * estimate + 10));
                compared++;
            } catch (PatternSyntaxException e) {
                // most random texts are no pattern
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    private Optional<Pattern> read(String pattern) {
        return BoundedPattern.read(Section.of(Map.of("ssn", pattern), problems), "ssn", "a");
    }
}
