package dev.forebay.processors.redact;

/** What stands in the place of personal data. Safe for use by several threads. */
interface Replacement {
    /** Names the type and says no more: {@code [EMAIL]}. */
    Replacement MASK = (type, original, tenant) -> "[" + type.label() + "]";

    String of(PiiType type, String original, String tenant);

    /** Whether a place that is written as a token was made here for the tenant; nothing in it is personal then. */
    default boolean made(String label, String body, String tenant) {
        return false;
    }
}
