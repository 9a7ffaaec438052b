package dev.forebay.processors.event;

import java.util.Locale;

/** The stage that a terminal record names as its author. */
public enum Stage {
    INTAKE,
    VERDICT;

    /** The form on topics, {@code intake}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
