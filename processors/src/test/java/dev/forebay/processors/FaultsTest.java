package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Fault.Answer;
import dev.forebay.schemas.registry.RegistryRefusedException;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
    static List<Throwable> passing() {
        return List.of(
                new RegistryUnavailableException("down", new ConnectException()),
                new OffsetOutOfRangeException(Map.of()),
                new TimeoutException("no broker"),
                new InvalidTxnStateException("not ongoing"),
                new TransactionAbortableException("timed out"),
                new InvalidProducerEpochException("old"),
                new ProducerFencedException("another came"));
    }

    static List<Throwable> forSomebody() {
        return List.of(
                new TopicAuthorizationException(Set.of("a")),
                new GroupAuthorizationException("g"),
                new TransactionalIdAuthorizationException("t"),
                new ClusterAuthorizationException("c"),
                new SaslAuthenticationException("wrong password"),
                new SslAuthenticationException("no certificate", new IllegalStateException()),
                new UnknownTopicOrPartitionException("a"),
                new TimeoutException("Topic a not present", new UnknownTopicOrPartitionException("a")),
                new MissingSourceTopicException("a"),
                new RecordTooLargeException("a"));
    }

    static Stream<Throwable> ends() {
        return Stream.of(
                new RegistryRefusedException(409, "incompatible"),
                new SerializationException("a bug"),
                new ProcessorStateException("the disk is full"),
                new IllegalStateException("a bug"),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesByItselfIsWaitedFor(Throwable fault) {
        assertThat(answer(fault)).isEqualTo(Answer.PASSES);
    }

    @ParameterizedTest
    @MethodSource("forSomebody")
    void whatSomebodyMendsIsWaitedForAndNamed(Throwable fault) {
        assertThat(answer(fault)).isEqualTo(Answer.NEEDS_SOMEBODY);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void everythingElseEnds(Throwable fault) {
        assertThat(answer(fault)).isEqualTo(Answer.ENDS);
    }

    @Test
    void whatIsAwaitedIsToldWithoutWhatIsAroundIt() {
        assertThat(fault(new RegistryUnavailableException("down", new ConnectException()))
                        .what())
                .isEqualTo("the registry: down");
        assertThat(fault(new TopicAuthorizationException(Set.of("a"))).what())
                .isEqualTo("a right: Not authorized to access topics: [a]");
    }

    @Test
    void rightThatKafkaDoesNotNameIsNamed() {
        assertThat(fault(new TransactionalIdAuthorizationException("denied")).what())
                .isEqualTo("a right: Not authorized to use the transactional ids that begin with app-");
    }

    private static Answer answer(Throwable fault) {
        return fault(fault).answer();
    }

    private static Fault fault(Throwable fault) {
        return Faults.of(new StreamsException("Exception caught in process.", fault), "app");
    }
}
