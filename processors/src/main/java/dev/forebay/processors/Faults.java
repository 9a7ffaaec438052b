package dev.forebay.processors;

import dev.forebay.schemas.registry.RegistryUnavailableException;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Tells faults that pass by themselves from those that a person has to mend. */
final class Faults {
    private Faults() {}

    /** The cause that may pass: a registry or a broker that does not answer at present. Empty where there is none. */
    static Optional<Throwable> passing(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            if (cause instanceof RegistryUnavailableException || cause instanceof RetriableException) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
