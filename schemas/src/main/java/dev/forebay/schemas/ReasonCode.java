package dev.forebay.schemas;

import java.util.Locale;

/**
 * Why a request ended without a result: the same code in records, metrics, logs and documentation. Codes are API: they
 * are added, never renamed.
 */
public enum ReasonCode {
    EMPTY_TEXT(Category.REJECTION),
    TEXT_TOO_LONG(Category.REJECTION),
    RECORD_TOO_LARGE(Category.REJECTION),
    EXPIRED(Category.REJECTION),
    UNKNOWN_TASK(Category.REJECTION),
    INVALID_REQUEST(Category.REJECTION),
    DUPLICATE(Category.REJECTION),
    /** Nobody may have its task for now, as the operator says. */
    TASK_STOPPED(Category.REJECTION),
    /** It is not among the share of its source's requests that is taken. */
    NOT_SAMPLED(Category.REJECTION),
    /** Its tenant has had as many requests admitted as its quota allows. */
    QUOTA_EXCEEDED(Category.REJECTION),
    /** The reference data of {@code intake.enrich} have nothing for the request. */
    REFERENCE_MISSING(Category.REJECTION),
    /** Its text is in a language that is not among those of {@code intake.language}. */
    LANGUAGE_NOT_ALLOWED(Category.REJECTION),
    /** A block list or pattern of the operator does not allow the text. */
    BLOCKED(Category.REJECTION),
    PROMPT_INJECTION(Category.REJECTION),
    OUTPUT_BLOCKED(Category.REJECTION),
    REVIEW_REJECTED(Category.REJECTION),

    NULL_VALUE(Category.DEAD_LETTER),
    INVALID_UTF8(Category.DEAD_LETTER),
    MALFORMED(Category.DEAD_LETTER),
    FIELD_MISSING(Category.DEAD_LETTER),
    NOT_WIRE_FORMAT(Category.DEAD_LETTER),
    SCHEMA_UNKNOWN(Category.DEAD_LETTER),
    MODEL_ERROR(Category.DEAD_LETTER),
    RESOURCE_EXHAUSTED(Category.DEAD_LETTER),
    INVALID_MODEL_OUTPUT(Category.DEAD_LETTER),
    OUTPUT_TOO_LARGE(Category.DEAD_LETTER),
    DELIVERIES_EXHAUSTED(Category.DEAD_LETTER),
    /** A second decision on a result that a person has decided on before. */
    ALREADY_DECIDED(Category.DEAD_LETTER),
    /** The model's engine brings the process down on it. */
    NATIVE_CRASH(Category.DEAD_LETTER);

    /** Whose doing it was, and so which terminal record it becomes. */
    public enum Category {
        /** The sender has to mend the request. */
        REJECTION,
        /** Ours or the data's doing; the original bytes are kept. */
        DEAD_LETTER
    }

    private final Category category;

    ReasonCode(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }

    /** The form on topics and in logs, {@code empty_text}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
