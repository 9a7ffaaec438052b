package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a run left, outside of the measured time, and holds it to one answer for each request. */
final class Outcomes {
    /** How the ids of requests start that went ahead of the backlog. */
    static final String PRIMER = "primer-";

    private static final String ID = "r-";
    /** Added to the index, so that every id has the same length. */
    private static final int FIRST = 1_000_000_000;

    private static final Duration POLL = Duration.ofMillis(200);

    private Outcomes() {}

    /** The id of the request at a place in the backlog. */
    static String id(int index) {
        return ID + (FIRST + index);
    }

    /** The place in the backlog that an id belongs to; -1 for one of the first few. */
    static int index(String id) {
        return id.startsWith(PRIMER) ? -1 : Integer.parseInt(id.substring(ID.length())) - FIRST;
    }

    /**
     * Gives each result with its place in the backlog.
     *
     * @throws FailedException where a request has no answer or more than one
     */
    static void read(Course course, int count, ObjIntConsumer<Result> results) {
        Topics.Topic topic = course.output();
        BitSet seen = new BitSet(count);
        Codec<Result> codec = course.config().codecs().of(topic, Result.class);
        Map<String, Object> settings = new HashMap<>(course.config().kafka().forConsumer());
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", "5000");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, course.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    accept(decoded(codec, record), seen, results);
                }
            }
        }
        if (seen.cardinality() != count) {
            throw new FailedException(
                    topic.name() + " has answers to " + seen.cardinality() + " of " + count + " requests.");
        }
    }

    private static void accept(Result result, BitSet seen, ObjIntConsumer<Result> results) {
        int index = index(result.getRequestId());
        if (index < 0) {
            return;
        }
        if (seen.get(index)) {
            throw new FailedException("Request " + result.getRequestId() + " was answered twice.");
        }
        seen.set(index);
        results.accept(result, index);
    }

    private static Result decoded(Codec<Result> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()).fold(good -> good.value(), bad -> {
            throw new FailedException("An outcome cannot be read: " + bad.message());
        });
    }
}
