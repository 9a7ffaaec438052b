package dev.forebay.deploy.trial;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology that runs in this process, record by record, with its stores and without a broker. */
final class TrialTopology implements AutoCloseable {
    private final String applicationId;
    /** What the topology writes to these it reads itself. */
    private final Set<String> sources;

    private final TopologyTestDriver driver;

    TrialTopology(Topology topology, String name, String stateDir) {
        this.applicationId = "forebay-test-" + name;
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        this.sources = sources(topology);
        this.driver = new TopologyTestDriver(topology, settings, Instant.now());
    }

    /** What comes of one record, in the order of the topics' names. */
    List<ProducerRecord<byte[], byte[]>> pipe(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>();
        // What the stores write for themselves begins with the application's id.
        List<String> topics = driver.producedTopicNames().stream()
                .filter(name -> !name.startsWith(applicationId + "-") && !sources.contains(name))
                .sorted()
                .toList();
        topics.forEach(name -> {
            for (TestRecord<byte[], byte[]> made : driver.createOutputTopic(
                            name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()) {
                out.add(new ProducerRecord<>(name, null, made.timestamp(), made.key(), made.value(), made.headers()));
            }
        });
        return out;
    }

    private static Set<String> sources(Topology topology) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        driver.close();
    }
}
