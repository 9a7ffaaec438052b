package dev.forebay.deploy.quickstart;

import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.KafkaConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topics in which a request can end, and counts each record of the input once. Used by one thread. */
final class Collector implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EndingReader reader;
    private final InputOrder output;
    private final Totals totals;
    private final Clock clock;

    private Collector(
            KafkaConsumer<byte[], byte[]> consumer,
            EndingReader reader,
            InputOrder output,
            Totals totals,
            Clock clock) {
        this.consumer = consumer;
        this.reader = reader;
        this.output = output;
        this.totals = totals;
        this.clock = clock;
    }

    /** Starts at the ends that the topics have now, before anything of this run is in them. */
    static Collector open(KafkaConfig kafka, Topics topics, EndingReader reader, InputOrder output, Totals totals) {
        Map<String, Object> settings = new HashMap<>(kafka.forConsumer());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", "2000");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topics.Topic topic :
                List.of(topics.results(), topics.review(), topics.rejections(), topics.deadLetters())) {
            for (PartitionInfo partition : consumer.partitionsFor(topic.name())) {
                partitions.add(new TopicPartition(topic.name(), partition.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
        return new Collector(consumer, reader, output, totals, Clock.systemUTC());
    }

    /** Takes what has arrived, waiting for it no longer than given. */
    void collect(Duration wait) throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            Optional<Ending> ending = reader.read(record);
            // At least once: after a stumble a record may end twice, equally; the first counts.
            if (ending.isPresent()
                    && output.add(ending.get().record(), ending.get().line())) {
                // The event's time is kept through every hop.
                totals.add(ending.get(), clock.millis() - record.timestamp());
            }
        }
    }

    Totals totals() {
        return totals;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
