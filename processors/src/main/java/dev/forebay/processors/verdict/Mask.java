package dev.forebay.processors.verdict;

import dev.forebay.schemas.record.Generation;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.Summary;
import java.util.List;

/** Hides what a model wrote: the text of a summary or a generation. */
final class Mask {
    static final String TEXT = "[MASKED]";

    private Mask() {}

    /** The same result without the text; one that has none as it is. */
    static Result over(Result result) {
        if (result.getOutcome() instanceof Summary) {
            return with(result, new Summary(TEXT, List.of()));
        }
        if (result.getOutcome() instanceof Generation generation) {
            return with(
                    result,
                    new Generation(
                            TEXT,
                            generation.getFinishReason(),
                            generation.getPromptTokens(),
                            generation.getCompletionTokens()));
        }
        return result;
    }

    private static Result with(Result result, Object outcome) {
        return Result.newBuilder(result).setOutcome(outcome).build();
    }
}
