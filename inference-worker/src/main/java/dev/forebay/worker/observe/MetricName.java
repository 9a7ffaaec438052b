package dev.forebay.worker.observe;

import java.util.Locale;

/**
 * The metrics of a worker. Their names are API: {@code forebay_} and the constant's in lower case, with the endings that
 * Prometheus adds for the unit and for counters. The page metrics.md says what each is for.
 */
public enum MetricName {
    BATCHES("Batches that ran, by why they left."),
    BATCH_ITEMS("Texts in a batch."),
    BATCH_TIME("Time of a batch in the model."),
    BATCH_WAIT("Time from the arrival of a batch's oldest text to its start."),
    MODEL_TOKENS("Tokens that went through the model, without padding."),
    MODEL_PADDED_TOKENS("Tokens that went through the model, with padding."),
    EXECUTOR_BUSY("Time in the model, summed over executors."),
    EXECUTOR_IDLE_WAITING("Time outside the model while a text waited, summed over executors."),
    BUDGET_TOKENS("Padded tokens that a batch may have now."),
    BUDGET_LEARNED_TOKENS("Padded tokens that a batch may have where memory allows."),
    BUDGET_HALVINGS("How often the budget was lowered because memory ran out."),
    QUEUE_TEXTS("Texts that wait for a batch."),
    QUEUE_AGE("How long the oldest waiting text has been in the worker."),
    CACHE_HITS("Texts whose vector was still there."),
    CACHE_MISSES("Texts that had to go to the model although their task allows re-use."),
    COALESCED("Texts that waited for the same text on its way."),
    CACHE_ENTRIES("Vectors that are kept."),
    CACHE_SIZE("What the kept vectors take."),
    OUTCOMES("Requests that ended, by outcome and code, their terminal record acknowledged."),
    RETRIES("Attempts that were given to a request once more, because its failure may pass."),
    IN_FLIGHT_RECORDS("Records read whose terminal record is not acknowledged yet."),
    IN_FLIGHT_SIZE("Size of these records."),
    WATERMARK_DISTANCE("The most records of a partition that wait for an earlier one before they are committed."),
    LOCKS_LOST("Records of a share group whose lock was lost before the broker took their acknowledgement."),
    SUSPECTS("Records that were in the engine when the process crashed, and are not final since."),
    OBSTACLES("What stands still until somebody mends it; the log and /health/ready say what.");

    private final String help;

    MetricName(String help) {
        this.help = help;
    }

    /** In the form that Micrometer takes, {@code forebay.batch.items}. */
    String dotted() {
        return "forebay." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    String help() {
        return help;
    }
}
