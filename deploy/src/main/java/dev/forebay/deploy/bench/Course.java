package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.serde.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one run; closing deletes them. */
final class Course implements AutoCloseable {
    static final String TASK = "embed";

    private final ForebayConfig config;
    private final int partitions;
    private final String events;
    private final Codec<Request> requests;

    /**
     * @param partitions of each topic
     * @param events the topic of plain texts before the processors; empty where requests go straight to the worker
     */
    Course(ForebayConfig config, int partitions, String events) {
        this.config = config;
        this.partitions = partitions;
        this.events = events;
        this.requests = config.codecs().of(config.topics().work(), Request.class);
    }

    ForebayConfig config() {
        return config;
    }

    int partitions() {
        return partitions;
    }

    /** Where a run's requests go in. */
    String input() {
        return events.isEmpty() ? config.topics().work().name() : events;
    }

    /** Where its answers come out. */
    Topics.Topic output() {
        return events.isEmpty() ? config.topics().outcomes() : config.topics().results();
    }

    /** A request for the course's only task. */
    static Request request(String id, String text, Lane lane) {
        return Request.newBuilder()
                .setRequestId(id)
                .setTask(TASK)
                .setText(text)
                .setLane(lane)
                .setIssuedAt(Instant.now())
                .build();
    }

    /** A record for the input topic of its lane, on the partition whose turn it is. */
    ProducerRecord<byte[], byte[]> record(int index, Request request) {
        byte[] id = request.getRequestId().getBytes(StandardCharsets.UTF_8);
        if (events.isEmpty()) {
            String topic = request.getLane() == Lane.BULK
                    ? config.topics().workBulk().name()
                    : config.topics().work().name();
            return new ProducerRecord<>(topic, index % partitions, id, requests.encode(request));
        }
        byte[] text = request.getText().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(input(), index % partitions, id, text);
        event.headers().add(Headers.REQUEST_ID, id);
        return event;
    }

    /** @param settings win over the configuration's own */
    KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = config.kafka().forProducer();
        all.putAll(settings);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        try (Admin admin = Admin.create(config.kafka().forAdmin())) {
            // Disk space is all that depends on it.
            var unused = admin.deleteTopics(TopicPlan.of(config).names());
        }
    }
}
