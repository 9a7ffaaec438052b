package dev.forebay.schemas;

import dev.forebay.schemas.config.KafkaConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks for topics before a client uses them: clients themselves wait, or stop without naming the topic. */
public final class TopicCheck {
    private static final int TIMEOUT_SECONDS = 30;

    private enum State {
        THERE,
        MISSING,
        FORBIDDEN
    }

    private TopicCheck() {}

    /** @throws TopicException where a topic is missing or may not be used, or no broker answers */
    public static void require(Collection<String> names, KafkaConfig kafka) {
        List<String> missing = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        try (Admin admin = Admin.create(kafka.forAdmin())) {
            Map<String, ? extends KafkaFuture<?>> found =
                    admin.describeTopics(names).topicNameValues();
            for (Map.Entry<String, ? extends KafkaFuture<?>> topic : found.entrySet()) {
                switch (stateOf(topic.getValue())) {
                    case MISSING -> missing.add(topic.getKey());
                    case FORBIDDEN -> forbidden.add(topic.getKey());
                    case THERE -> {}
                }
            }
        }
        if (!forbidden.isEmpty()) {
            throw new TopicException(
                    "The broker does not let this user see these topics: "
                            + String.join(", ", forbidden.stream().sorted().toList())
                            + ". Give it the rights that 'forebay acls FILE' lists.",
                    null);
        }
        if (!missing.isEmpty()) {
            throw new TopicException(
                    "These topics do not exist: "
                            + String.join(", ", missing.stream().sorted().toList())
                            + ". Create them with 'forebay topics FILE --create', or with your own tools.",
                    null);
        }
    }

    private static State stateOf(KafkaFuture<?> description) {
        try {
            description.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return State.THERE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return State.MISSING;
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                return State.FORBIDDEN;
            }
            if (e.getCause() instanceof AuthenticationException refused) {
                throw new TopicException(
                        "The broker cannot be logged in to: " + refused.getMessage()
                                + ". Check kafka.security.protocol, kafka.sasl.* and kafka.ssl.*, and those of"
                                + " kafka.admin where it has its own.",
                        e);
            }
            throw new TopicException("The topics cannot be looked up: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new TopicException(
                    "No broker answered within " + TIMEOUT_SECONDS + " s; check kafka.bootstrap.servers.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while looking for topics", e);
        }
    }
}
