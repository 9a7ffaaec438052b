package dev.forebay.worker;

import dev.forebay.schemas.Attempts;
import dev.forebay.schemas.config.Section;
import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.LanePolicy;
import dev.forebay.worker.consume.InFlightBounds;
import dev.forebay.worker.flow.Entrance;
import dev.forebay.worker.flow.RetryPolicy;
import dev.forebay.worker.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The {@code worker} section.
 *
 * @param group the consumer group, or the share group
 * @param order what order the terminal records keep
 * @param retries of requests whose failure may pass
 * @param bounds how much may be in flight, of each work topic
 * @param batch what a batch may be; its budget is where the model has not been measured
 * @param tunesBudget whether the budget that was learned for the model counts
 * @param lanes how live and bulk share the executors
 * @param commitInterval how often offsets are committed
 * @param drainTimeout how long a stop waits for what is in flight
 * @param tokenizerThreads threads that decode and tokenise
 * @param cacheBytes of vectors that are kept for texts that come again; 0 for none
 * @param carriesText whether outcomes have their request's text with them, for people who review them
 * @param state the directory for what outlives the process; workers may share it
 */
public record WorkerConfig(
        String group,
        Delivery delivery,
        Entrance.Order order,
        RetryPolicy retries,
        InFlightBounds bounds,
        BatchPolicy batch,
        boolean tunesBudget,
        LanePolicy lanes,
        Duration commitInterval,
        Duration drainTimeout,
        int tokenizerThreads,
        long cacheBytes,
        boolean carriesText,
        Path state) {

    private static final String BUDGET = "padded-tokens";
    private static final String MEASURED = "auto";
    private static final int UNMEASURED_BUDGET = 1024;
    private static final int MOST_TOKENS = 1 << 24;

    /** What is promised where a worker dies. */
    public enum Delivery {
        /**
         * Every request has exactly one terminal record for readers that read committed records only, whatever dies. They
         * come in the order of their requests, per partition.
         */
        EXACTLY_ONCE,
        /** Every request has at least one terminal record; after a crash those in flight may have two, equal in content. */
        AT_LEAST_ONCE,
        /**
         * As at least once, with the records of a partition divided among any number of workers: a share group, which keeps
         * no order.
         */
        QUEUE
    }

    public static WorkerConfig defaults() {
        return read(Section.empty("worker"));
    }

    public static WorkerConfig read(Section section) {
        Section inFlight = section.section("in-flight");
        Section batch = section.section("batch");
        Section retries = section.section("retries");
        WorkerConfig config = new WorkerConfig(
                section.string("group", "forebay-worker"),
                section.choice("delivery", Delivery.class, Delivery.AT_LEAST_ONCE),
                section.choice("order", Entrance.Order.class, Entrance.Order.NONE),
                new RetryPolicy(
                        retries.integer("attempts", 5, 1, Attempts.MOST),
                        retries.duration("first", Duration.ofMillis(500)),
                        retries.duration("longest", Duration.ofSeconds(30))),
                new InFlightBounds(
                        inFlight.integer("records", 2_000, 1, 10_000_000),
                        inFlight.bytes("bytes", 64L << 20, 1 << 20, 16L << 30)),
                new BatchPolicy(
                        budget(batch),
                        batch.integer("count", 64, 1, 1 << 16),
                        batch.integer("look-ahead", 512, 1, 1 << 20),
                        BatchPolicy.LENGTH_MULTIPLE,
                        batch.duration("linger", Duration.ZERO).toNanos()),
                !pinsBudget(batch),
                lanes(batch),
                section.duration("commit-interval", Duration.ofMillis(200)),
                section.duration("drain-timeout", Duration.ofSeconds(30)),
                section.integer("tokenizer-threads", 1, 1, 256),
                section.bytes("cache", 64L << 20, 0, 1L << 40),
                section.flag("carry-text", false),
                state(section.string("state", "")));
        if (config.delivery == Delivery.QUEUE && config.order == Entrance.Order.KEY) {
            section.problem(
                    "order",
                    "none where delivery is queue",
                    "Take it out, or choose at-least-once: a share group gives the records of a key to whoever is free.");
        }
        inFlight.done();
        batch.done();
        retries.done();
        section.done();
        return config;
    }

    /** The same worker with a budget that was learned. */
    public WorkerConfig withBudget(int paddedTokens) {
        return new WorkerConfig(
                group,
                delivery,
                order,
                retries,
                bounds,
                batch.withMaxPaddedTokens(paddedTokens),
                tunesBudget,
                lanes,
                commitInterval,
                drainTimeout,
                tokenizerThreads,
                cacheBytes,
                carriesText,
                state);
    }

    private static Path state(String directory) {
        return directory.isBlank() ? StateDirectory.defaultRoot(System.getenv()) : Path.of(directory);
    }

    private static boolean pinsBudget(Section batch) {
        return !batch.string(BUDGET, MEASURED).equals(MEASURED);
    }

    private static int budget(Section batch) {
        if (!pinsBudget(batch)) {
            return UNMEASURED_BUDGET;
        }
        try {
            int tokens = Integer.parseInt(batch.string(BUDGET, MEASURED).strip());
            if (tokens >= 1 && tokens <= MOST_TOKENS) {
                return tokens;
            }
        } catch (NumberFormatException e) {
            // noted below like a number out of range
        }
        batch.problem(BUDGET, MEASURED + ", or a whole number from 1 to " + MOST_TOKENS, "The default is auto.");
        return UNMEASURED_BUDGET;
    }

    private static LanePolicy lanes(Section batch) {
        LanePolicy fallback = LanePolicy.DEFAULT;
        return new LanePolicy(
                batch.number("bulk-share", fallback.bulkShare(), 0, LanePolicy.MAX_BULK_SHARE),
                batch.duration("live-bound", Duration.ofNanos(fallback.liveBoundNanos()))
                        .toNanos(),
                batch.integer("bulk-tokens-beside-live", fallback.bulkBesideLive(), 1, Integer.MAX_VALUE));
    }
}
