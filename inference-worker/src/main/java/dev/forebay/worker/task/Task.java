package dev.forebay.worker.task;

import dev.forebay.worker.infer.ModelDescription;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** A configured task over one model. Pure and safe for use by several threads. */
public interface Task {
    /** As requests name it. */
    String name();

    ModelDescription model();

    /** What to do with a text that is longer than the model's window. */
    Overlong overlong();

    /** Whether equal texts of one tenant may share a pass through the model, at once or later. */
    default boolean reuse() {
        return true;
    }

    /** The texts to encode for one request; never empty for a text that is not blank. */
    Plan plan(String text);

    /** One request's way from texts to an outcome. */
    interface Plan {
        List<String> texts();

        /** True where the end of the text is in none of the texts, because there is too much of it. */
        default boolean truncated() {
            return false;
        }

        /**
         * The outcome, one of the branches of the result's union.
         *
         * @param vectors one per text, in order
         */
        SpecificRecord outcome(List<float[]> vectors);
    }

    /** What to do with a text that is longer than the model's window. */
    enum Overlong {
        /** Read its beginning, and say so in the result. */
        TRUNCATE,
        /** Reject the request. */
        REJECT
    }
}
