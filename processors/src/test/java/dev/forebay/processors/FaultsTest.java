package dev.forebay.processors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.registry.RegistryRefusedException;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import java.net.ConnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void registryOrBrokerThatDoesNotAnswerIsWaitedFor() {
        assertThat(Faults.passing(wrapped(new RegistryUnavailableException("down", new ConnectException()))))
                .isPresent();
        assertThat(Faults.passing(wrapped(new TimeoutException("no broker")))).isPresent();
    }

    @Test
    void everythingElseStops() {
        assertThat(Faults.passing(wrapped(new RegistryRefusedException(409, "incompatible"))))
                .isEmpty();
        assertThat(Faults.passing(wrapped(new TopicAuthorizationException("a"))))
                .isEmpty();
        assertThat(Faults.passing(wrapped(new RecordTooLargeException("a")))).isEmpty();
        assertThat(Faults.passing(wrapped(new UnknownTopicOrPartitionException("a"))))
                .isEmpty();
        assertThat(Faults.passing(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void causeThatMayPassIsToldWithoutWhatIsAroundIt() {
        RegistryUnavailableException cause = new RegistryUnavailableException("down", new ConnectException("refused"));

        assertThat(Faults.passing(wrapped(cause))).containsSame(cause);
    }

    private static StreamsException wrapped(RuntimeException cause) {
        return new StreamsException("Exception caught in process.", cause);
    }
}
