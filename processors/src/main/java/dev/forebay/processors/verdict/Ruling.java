package dev.forebay.processors.verdict;

import dev.forebay.processors.event.Reason;
import dev.forebay.processors.verdict.Shape.Shaped;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Result;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of a result. */
sealed interface Ruling permits Ruling.Delivered, Ruling.Blocked {
    <R> R fold(Function<Delivered, R> delivered, Function<Blocked, R> blocked);

    /**
     * It goes to a topic.
     *
     * @param result with its verdict
     * @param shaped what the topic's records look like
     */
    record Delivered(Topics.Topic to, Result result, Shaped shaped) implements Ruling {
        @Override
        public <R> R fold(Function<Delivered, R> delivered, Function<Blocked, R> blocked) {
            return delivered.apply(this);
        }
    }

    /**
     * Nobody may see it; its request is rejected.
     *
     * @param policyVersion under which; null where the configuration file alone counts
     */
    record Blocked(Result result, Reason reason, @Nullable Long policyVersion) implements Ruling {
        @Override
        public <R> R fold(Function<Delivered, R> delivered, Function<Blocked, R> blocked) {
            return blocked.apply(this);
        }
    }
}
