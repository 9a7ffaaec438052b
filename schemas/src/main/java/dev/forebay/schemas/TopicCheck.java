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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks for topics before a client uses them: clients themselves wait, or stop without naming the topic. */
public final class TopicCheck {
    private static final int TIMEOUT_SECONDS = 30;

    private TopicCheck() {}

    /** @throws TopicException where a topic is missing, or no broker answers */
    public static void require(Collection<String> names, KafkaConfig kafka) {
        List<String> missing = new ArrayList<>();
        try (Admin admin = Admin.create(kafka.forAdmin())) {
            Map<String, ? extends KafkaFuture<?>> found =
                    admin.describeTopics(names).topicNameValues();
            for (Map.Entry<String, ? extends KafkaFuture<?>> topic : found.entrySet()) {
                if (!exists(topic.getValue())) {
                    missing.add(topic.getKey());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new TopicException(
                    "These topics do not exist: "
                            + String.join(", ", missing.stream().sorted().toList())
                            + ". Create them with 'forebay topics FILE --create', or with your own tools.",
                    null);
        }
    }

    private static boolean exists(KafkaFuture<?> description) {
        try {
            description.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
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
