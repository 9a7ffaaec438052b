package dev.forebay.schemas;

/** Names of the Kafka headers that Forebay writes or reads. Values are UTF-8 text, but for {@link #KEY}. */
public final class Headers {
    /** The request id, where the producer of an event knows a stable one. */
    public static final String REQUEST_ID = "forebay-request-id";
    /** The archive file's name, without its directory. */
    public static final String FILE = "forebay-file";
    /** The physical line, from 1, on which a record of an archive starts. */
    public static final String LINE = "forebay-line";
    /** The position of a record in its archive, counted in records from 0. */
    public static final String RECORD = "forebay-record";
    /** The size in bytes of a record of an archive that was cut because it is above the limit. */
    public static final String OVERSIZE = "forebay-oversize";
    /** On an event that is sent again: which elements of its array are taken, counted from 1, {@code 2,5}. */
    public static final String PARTS = "forebay-parts";
    /** On a request that is part of an event, and on what it becomes: the key of the event's completion. */
    public static final String EVENT = "forebay-event";
    /** The {@link ReasonCode} of a rejection or dead letter, so that tools can filter without decoding. */
    public static final String CODE = "forebay-code";
    /** The stage that refused a record: intake, worker or verdict. */
    public static final String STAGE = "forebay-stage";
    /** On the topic of admitted requests, whose key is the tenant: the key that the record had before, in its own bytes. */
    public static final String KEY = "forebay-key";
    /** How often a record was tried before, as {@link Attempts} reads it; never reset. */
    public static final String ATTEMPTS = "forebay-attempts";
    /** On the topic of retries: the time, as ISO 8601 has it, before which a record is not tried again. */
    public static final String NOT_BEFORE = "forebay-not-before";
    /** On the topics of retries and of digest events: where the record was read first, {@code topic-partition-offset}. */
    public static final String ORIGIN = "forebay-origin";
    /** The dead letter that a replayed record came from, {@code topic-partition-offset}. */
    public static final String DLQ_ORIGIN = "forebay-dlq-origin";
    /** On the control topic: who changed the policy, by their own account. */
    public static final String CHANGED_BY = "forebay-changed-by";
    /** On the control topic: why. */
    public static final String CHANGE_REASON = "forebay-change-reason";
    /** The trace that a record belongs to, as W3C Trace Context has it. */
    public static final String TRACE_PARENT = "traceparent";

    private Headers() {}
}
