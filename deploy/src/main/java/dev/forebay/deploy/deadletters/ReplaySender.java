package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.pipeline.AccessList;
import dev.forebay.schemas.config.KafkaConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends replayed records, each in one transaction with the note of it. There is one of these per topic of dead letters:
 * opening another ends the work of the one before, and aborts what it left open.
 */
final class ReplaySender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    private ReplaySender(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    static ReplaySender open(KafkaConfig kafka, String deadLetters) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(kafka, deadLetters), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new ReplaySender(producer);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw FailedException.of(
                    "Transactions with the id " + AccessList.replayTransactionalId(deadLetters) + " are refused", e);
        }
    }

    /** @throws FailedException where the topic is not there, or not to be seen */
    int partitions(String topic) {
        try {
            return producer.partitionsFor(topic).size();
        } catch (KafkaException e) {
            throw FailedException.of("Topic " + topic + " cannot be written to", e);
        }
    }

    /**
     * Sends letters in one transaction; where one of them is too large for its topic, each in a transaction of its own.
     *
     * @return those that are too large
     * @throws FailedException where the brokers refuse
     */
    List<Letter> send(List<Letter> letters, ReplayRecords records, Replays replays, Instant now) {
        if (isCommitted(letters, records, replays, now)) {
            letters.forEach(letter -> replays.note(letter, now));
            return List.of();
        }
        if (letters.size() == 1) {
            return letters;
        }
        List<Letter> tooLarge = new ArrayList<>();
        letters.forEach(letter -> tooLarge.addAll(send(List.of(letter), records, replays, now)));
        return tooLarge;
    }

    /** False where a record is too large, and so none was sent. */
    private boolean isCommitted(List<Letter> letters, ReplayRecords records, Replays replays, Instant now) {
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (Letter letter : letters) {
            all.add(records.of(letter));
            all.add(replays.record(letter, now));
        }
        List<Exception> failures = new ArrayList<>();
        try {
            producer.beginTransaction();
            all.forEach(record -> send(record, failures));
            producer.flush();
            if (failures(failures).isEmpty()) {
                producer.commitTransaction();
                return true;
            }
        } catch (TimeoutException e) {
            throw FailedException.of(
                    "It is not known whether the last " + letters.size()
                            + " letters were replayed. Run the command again: what was replayed is not replayed twice",
                    e);
        } catch (KafkaException e) {
            failures.add(e);
        }
        return giveUp(failures(failures));
    }

    private boolean giveUp(List<Exception> failures) {
        Exception first = failures.get(0);
        if (failures.stream().anyMatch(ReplaySender::isFenced)) {
            throw FailedException.of("Another 'forebay dlq replay' has begun, so this one stopped", first);
        }
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            throw FailedException.of("The brokers refused a replayed record", first);
        }
        if (failures.stream().anyMatch(failure -> failure instanceof RecordTooLargeException)) {
            return false;
        }
        throw FailedException.of("The brokers refused a replayed record", first);
    }

    private void send(ProducerRecord<byte[], byte[]> record, List<Exception> failures) {
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                synchronized (failures) {
                    failures.add(failure);
                }
            }
        });
    }

    private static List<Exception> failures(List<Exception> failures) {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    private static boolean isFenced(Exception failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
    }

    private static Map<String, Object> settings(KafkaConfig kafka, String deadLetters) {
        Map<String, Object> settings = new HashMap<>(kafka.forProducer());
        settings.putIfAbsent("max.block.ms", "15000");
        settings.putIfAbsent("delivery.timeout.ms", "30000");
        settings.putIfAbsent("request.timeout.ms", "10000");
        settings.putIfAbsent("max.request.size", String.valueOf(16 << 20));
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("transactional.id", AccessList.replayTransactionalId(deadLetters));
        return settings;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
