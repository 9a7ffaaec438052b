package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topics of one run; closing deletes them.
 *
 * @param partitions of each topic
 */
record Course(ForebayConfig config, int partitions) implements AutoCloseable {
    static final String TASK = "embed";

    String work() {
        return config.topics().work().name();
    }

    /** A request for the course's only task. */
    static Request request(String id, String text) {
        return Request.newBuilder()
                .setRequestId(id)
                .setTask(TASK)
                .setText(text)
                .setIssuedAt(Instant.now())
                .build();
    }

    /** A record for the work topic, on the partition whose turn it is. */
    ProducerRecord<byte[], byte[]> record(int index, String id, byte[] request) {
        return new ProducerRecord<>(work(), index % partitions, id.getBytes(StandardCharsets.UTF_8), request);
    }

    @Override
    public void close() {
        try (Admin admin = Admin.create(config.kafka().forAdmin())) {
            // Disk space is all that depends on it.
            var unused = admin.deleteTopics(TopicPlan.of(config).names());
        }
    }
}
