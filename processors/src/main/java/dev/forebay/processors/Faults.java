package dev.forebay.processors;

import static dev.forebay.processors.Fault.Answer.ENDS;
import static dev.forebay.processors.Fault.Answer.NEEDS_SOMEBODY;
import static dev.forebay.processors.Fault.Answer.PASSES;

import dev.forebay.processors.enrich.ReferenceUnavailableException;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;

/** Tells faults that pass by themselves from those that somebody has to mend, and both from those that are the end. */
final class Faults {
    /** First, because Kafka counts an unknown topic among what may be tried again, and wraps it in a timeout. */
    private static final List<Sign> FOR_SOMEBODY = List.of(
            new Sign(AuthenticationException.class, "a login that the broker takes"),
            new Sign(AuthorizationException.class, "a right"),
            new Sign(UnknownTopicOrPartitionException.class, "a topic"),
            new Sign(MissingSourceTopicException.class, "a topic"),
            // What came of an event has been replaced by less already, and that is too large as well.
            new Sign(RecordTooLargeException.class, "a larger max.message.bytes of a topic"));

    private static final List<Sign> PASSING = List.of(
            new Sign(RegistryUnavailableException.class, "the registry"),
            new Sign(ReferenceUnavailableException.class, "reference data"),
            new Sign(OffsetOutOfRangeException.class, "a reference topic that was cut or made anew"),
            new Sign(ProducerFencedException.class, "a new producer"),
            new Sign(InvalidProducerEpochException.class, "a new producer"),
            new Sign(InvalidPidMappingException.class, "a new producer"),
            new Sign(OutOfOrderSequenceException.class, "a new producer"),
            new Sign(InvalidTxnStateException.class, "a new producer"),
            new Sign(TransactionAbortableException.class, "a new producer"),
            new Sign(TransactionAbortedException.class, "a new producer"),
            new Sign(TaskMigratedException.class, "a new producer"),
            new Sign(TaskCorruptedException.class, "a new producer"),
            new Sign(UnknownServerException.class, "the broker"),
            new Sign(RetriableException.class, "the broker"));

    private Faults() {}

    /** @param applicationId for the rights that Kafka does not name */
    static Fault of(Throwable thrown, String applicationId) {
        return find(thrown, NEEDS_SOMEBODY, FOR_SOMEBODY, applicationId)
                .or(() -> find(thrown, PASSES, PASSING, applicationId))
                .orElseGet(() -> new Fault(ENDS, String.valueOf(thrown.getMessage())));
    }

    /** Whether a topic did not take a record for its size. */
    static boolean isTooLarge(Throwable thrown) {
        return new Sign(RecordTooLargeException.class, "").in(thrown).isPresent();
    }

    private static Optional<Fault> find(Throwable thrown, Fault.Answer answer, List<Sign> signs, String applicationId) {
        return signs.stream()
                .flatMap(sign -> sign
                        .in(thrown)
                        .map(cause -> new Fault(answer, sign.awaited + ": " + message(cause, applicationId)))
                        .stream())
                .findFirst();
    }

    private static String message(Throwable cause, String applicationId) {
        return cause instanceof TransactionalIdAuthorizationException
                ? "Not authorized to use the transactional ids that begin with " + applicationId + "-"
                : String.valueOf(cause.getMessage());
    }

    /** A class of exceptions with what is awaited where one of it is found. */
    private record Sign(Class<? extends Throwable> type, String awaited) {
        /** The outermost cause that is one. */
        Optional<Throwable> in(Throwable thrown) {
            return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                    .filter(type::isInstance)
                    .findFirst();
        }
    }
}
