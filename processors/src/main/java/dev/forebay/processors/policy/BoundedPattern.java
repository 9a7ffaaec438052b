package dev.forebay.processors.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.forebay.schemas.config.Section;
import java.util.Optional;

/**
 * Compiles RE2 patterns of bounded length and program size, so that a text of n characters costs O(n), with a known
 * factor. RE2/J itself unfolds nested counted repetitions without a bound; they are refused before it sees them.
 */
public final class BoundedPattern {
    static final int MAX_LENGTH = 1_000;
    static final int MAX_PROGRAM = 2_000;

    private BoundedPattern() {}

    /** The pattern at a key, which has to be there; what is wrong with it is noted. */
    public static Optional<Pattern> read(Section section, String key, String example) {
        String pattern = section.requiredString(key, example);
        return pattern.isEmpty() ? Optional.empty() : compile(section, key, pattern);
    }

    private static Optional<Pattern> compile(Section section, String key, String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            section.problem(
                    key,
                    "an RE2 pattern of at most " + MAX_LENGTH + " characters",
                    "It has " + pattern.length() + "; divide it into several.");
            return Optional.empty();
        }
        if (ProgramSize.estimate(pattern) > 2 * MAX_PROGRAM) {
            return tooLarge(section, key);
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            return compiled.programSize() > MAX_PROGRAM ? tooLarge(section, key) : Optional.of(compiled);
        } catch (PatternSyntaxException e) {
            section.problem(
                    key,
                    "a pattern in RE2 syntax",
                    "RE2 says: " + e.getDescription() + ": " + e.getPattern()
                            + ". It has no look-around and no back-references.");
            return Optional.empty();
        }
    }

    private static Optional<Pattern> tooLarge(Section section, String key) {
        section.problem(
                key,
                "an RE2 pattern of at most " + MAX_PROGRAM + " instructions",
                "Counted repetitions such as {1000} are unfolded; use smaller counts, or * and +.");
        return Optional.empty();
    }
}
