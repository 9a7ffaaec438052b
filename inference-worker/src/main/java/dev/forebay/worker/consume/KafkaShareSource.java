package dev.forebay.worker.consume;

import dev.forebay.worker.observe.Obstacles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka share consumer of a work topic, reading bytes. */
public final class KafkaShareSource implements ShareSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaShareSource.class);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(10);
    /** The shortest that a broker allows unless it is told otherwise; the real one is known with the first record. */
    private static final int SHORTEST_LOCK_MILLIS = 15_000;

    private static final int DEFAULT_POLL_INTERVAL_MILLIS = 300_000;
    /** Renewed after a third, a lock outlives one renewal that fails. */
    private static final int PARTS = 3;

    private final Map<String, Object> config;
    private final String topic;
    private final LongSupplier nanoClock;
    private final RetryHold hold;
    private KafkaShareConsumer<byte[], byte[]> consumer;
    private @Nullable AcknowledgementListener listener;
    private int lockMillis = SHORTEST_LOCK_MILLIS;

    /**
     * Opens a consumer.
     *
     * @param properties client properties; those that the delivery contract rests on are set here and win
     * @param role which of the group's consumers in this process it is; ends its client id
     */
    public KafkaShareSource(
            Map<String, Object> properties, String topic, String role, Obstacles obstacles, LongSupplier nanoClock) {
        this.config = new HashMap<>(properties);
        this.topic = topic;
        this.nanoClock = nanoClock;
        this.hold = new RetryHold("reading " + role + " requests", obstacles, nanoClock);
        config.put("client.id", config.getOrDefault("client.id", config.get("group.id")) + "-" + role);
        config.put("share.acknowledgement.mode", "explicit");
        // What is fetched ahead of a poll is locked, and nobody renews it.
        config.put("share.acquire.mode", "record_limit");
        this.consumer = new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Joins the group. */
    public void subscribe(AcknowledgementListener told) {
        listener = told;
        consumer.setAcknowledgementCommitCallback(this::answered);
        consumer.subscribe(List.of(topic));
    }

    @Override
    public List<InputRecord> poll(Duration timeout) {
        if (hold.pauses(timeout)) {
            return List.of();
        }
        try {
            List<InputRecord> records = records(consumer.poll(timeout));
            hold.polled(!records.isEmpty());
            return records;
        } catch (AuthorizationException | AuthenticationException e) {
            refused(e);
            return List.of();
        }
    }

    private List<InputRecord> records(ConsumerRecords<byte[], byte[]> polled) {
        lockMillis = consumer.acquisitionLockTimeoutMs().orElse(lockMillis);
        List<InputRecord> records = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.add(InputRecord.of(record, nanoClock.getAsLong()));
        }
        return records;
    }

    @Override
    public void accept(RecordPosition position) {
        acknowledge(position, AcknowledgeType.ACCEPT);
    }

    @Override
    public void renew(RecordPosition position) {
        acknowledge(position, AcknowledgeType.RENEW);
    }

    private void acknowledge(RecordPosition position, AcknowledgeType type) {
        TopicPartition partition = position.partition();
        // the consumer looks at the place alone
        consumer.acknowledge(
                new ConsumerRecord<>(partition.topic(), partition.partition(), position.offset(), null, null), type);
    }

    @Override
    public void commitAsync() {
        guarded(consumer::commitAsync);
    }

    @Override
    public void commitSync() {
        // what came of it is told to the listener
        guarded(() -> consumer.commitSync(BROKER_TIMEOUT));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (AuthorizationException | AuthenticationException e) {
            refused(e);
        } catch (KafkaException e) {
            LOG.warn("acknowledgement_slow cause={}", e.toString());
        }
    }

    private void answered(Map<TopicIdPartition, Set<Long>> acknowledged, @Nullable Exception failure) {
        AcknowledgementListener told = Objects.requireNonNull(listener);
        acknowledged.forEach((partition, offsets) -> {
            if (failure == null) {
                told.taken(partition.topicPartition(), offsets);
            } else {
                LOG.warn(
                        "acknowledgement_refused partition={} records={} cause={}",
                        partition.topicPartition(),
                        offsets.size(),
                        failure.toString());
                told.refused(partition.topicPartition(), offsets);
            }
        });
    }

    /** A consumer that has lost its group for want of a right does not come back by itself. */
    private void refused(KafkaException cause) {
        hold.refused(cause);
        AcknowledgementListener told = Objects.requireNonNull(listener);
        try {
            consumer.close(RetryHold.AGAIN_AFTER);
        } catch (KafkaException e) {
            LOG.debug("close_failed cause={}", e.toString());
        }
        told.lost();
        consumer = new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        subscribe(told);
    }

    @Override
    public long renewAfterNanos() {
        int pollInterval = Integer.parseInt(String.valueOf(
                config.getOrDefault("max.poll.interval.ms", String.valueOf(DEFAULT_POLL_INTERVAL_MILLIS))));
        return TimeUnit.MILLISECONDS.toNanos(Math.min(lockMillis, pollInterval) / PARTS);
    }

    /** What is not acknowledged goes to others at once. */
    @Override
    public void close() {
        consumer.close();
    }
}
