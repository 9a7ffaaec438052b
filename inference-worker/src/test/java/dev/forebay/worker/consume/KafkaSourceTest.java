package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaSourceTest {
    static Stream<RuntimeException> ofOneWhoComesBack() {
        return Stream.of(
                new GroupAuthorizationException("support"),
                new SaslAuthenticationException("the password has changed"),
                new UnknownMemberIdException("The coordinator is not aware of this member."),
                new FencedMemberEpochException("old"),
                new StaleMemberEpochException("old"),
                new IllegalGenerationException("old"),
                new TimeoutException("no position within 60000 ms"),
                new KafkaException("User rebalance callback throws an error", new UnknownMemberIdException("gone")));
    }

    @ParameterizedTest
    @MethodSource("ofOneWhoComesBack")
    void whoComesBackJoinsAgain(RuntimeException fault) {
        assertThat(KafkaSource.endsByJoiningAgain(fault)).isTrue();
    }

    static Stream<RuntimeException> ofOurs() {
        return Stream.of(
                new WakeupException(),
                new InterruptException("interrupted"),
                new InvalidTopicException("a b"),
                new KafkaException("User rebalance callback throws an error", new IllegalStateException("a bug")));
    }

    @ParameterizedTest
    @MethodSource("ofOurs")
    void whatIsOursIsNotHidden(RuntimeException fault) {
        assertThat(KafkaSource.endsByJoiningAgain(fault)).isFalse();
    }
}
