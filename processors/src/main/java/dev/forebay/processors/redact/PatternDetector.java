package dev.forebay.processors.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.forebay.processors.redact.PiiType.Strength;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a declared pattern matches and, where it has check digits, these confirm. */
final class PatternDetector implements Detector {
    private final PiiType type;
    private final Pattern pattern;
    private final @Nullable Check check;

    PatternDetector(String name, Pattern pattern, @Nullable Check check) {
        this.type = new PiiType(name, check == null ? Strength.DECLARED : Strength.CHECKED);
        this.pattern = pattern;
        this.check = check;
    }

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            boolean something = matcher.end() > matcher.start();
            if (something && (check == null || check.holds(matcher.group()))) {
                found.accept(new Finding(type, matcher.start(), matcher.end()));
            }
        }
    }
}
