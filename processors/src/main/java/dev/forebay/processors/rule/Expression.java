package dev.forebay.processors.rule;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import java.util.Locale;
import java.util.Optional;

/** A compiled expression. Safe for use by several threads. */
public final class Expression {
    private final String text;
    private final Program program;

    Expression(String text, Program program) {
        this.text = text;
        this.program = program;
    }

    /**
     * The value as Java has it: String, Long, Double, Boolean, List, Map...; empty where the expression asks for an
     * attribute or label that the result does not have.
     *
     * @throws UndecidedException where it has no value for another reason, such as a division by zero
     */
    public Optional<Object> value(Facts facts) throws UndecidedException {
        try {
            return Optional.of(program.eval(facts));
        } catch (CelEvaluationException e) {
            if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
                return Optional.empty();
            }
            // Not CEL's own message, which may quote the result.
            throw new UndecidedException(
                    e.getErrorCode().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in " + text);
        }
    }

    /** Whether a condition is true; where an attribute that it asks for is missing, it is not. */
    public boolean holds(Facts facts) throws UndecidedException {
        return value(facts).filter(Boolean.TRUE::equals).isPresent();
    }

    @Override
    public String toString() {
        return text;
    }
}
