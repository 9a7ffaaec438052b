package dev.forebay.processors.event;

import java.util.function.Supplier;

/** Is told what each step of a stage did with a record, by those who try a configuration. */
public interface Trail {
    /** Nobody asks. */
    Trail NONE = (step, what) -> {};

    /** @param what in words for a person; asked for only where somebody listens */
    void note(String step, Supplier<String> what);
}
