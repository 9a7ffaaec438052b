package dev.forebay.deploy.control;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicScan;
import dev.forebay.processors.PolicyChanges;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The changes that a configuration's control topic had when it was read, the oldest first; without records that are none. */
public record ControlLog(List<Change> changes) {

    /**
     * Reads all of it.
     *
     * @param judge says which changes are wrong, as the processors of this configuration do
     * @throws dev.forebay.deploy.console.FailedException where the topic is missing, or no broker answers
     */
    public static ControlLog read(ForebayConfig config, PolicyChanges judge) {
        List<Change> changes = new ArrayList<>();
        try (TopicScan scan = new TopicScan(config.kafka(), config.topics().control())) {
            scan.forEach(record -> {
                if (record.partition() == 0 && record.key() != null) {
                    changes.add(change(record, judge));
                }
                return true;
            });
        }
        return new ControlLog(List.copyOf(changes));
    }

    /** The change that counts; empty where it is the configuration file alone. */
    public Optional<Change> inForce() {
        return changes.stream().filter(change -> change.problem().isEmpty()).reduce((earlier, later) -> later);
    }

    public Optional<Change> version(long version) {
        return changes.stream().filter(change -> change.version() == version).findFirst();
    }

    private static Change change(ConsumerRecord<byte[], byte[]> record, PolicyChanges judge) {
        String document = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
        return new Change(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, Headers.CHANGED_BY),
                header(record, Headers.CHANGE_REASON),
                document,
                problem(document, judge));
    }

    private static Optional<String> problem(String document, PolicyChanges judge) {
        if (document.isEmpty()) {
            return Optional.empty();
        }
        try {
            judge.over(document);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.problems().get(0).toString());
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
