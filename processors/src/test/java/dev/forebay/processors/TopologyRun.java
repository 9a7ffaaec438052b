package dev.forebay.processors;

import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.serde.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology without a broker: bytes in, bytes out. */
public final class TopologyRun implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Set<String> read = new HashSet<>();

    public TopologyRun(Topology topology) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        // Builds beside this one have the same application id.
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir().toString());
        this.driver = new TopologyTestDriver(topology, properties, NOW);
    }

    private static Path stateDir() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "streams")), "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void pipe(String topic, TestRecord<byte[], byte[]> record) {
        inputs.computeIfAbsent(
                        topic,
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(record);
    }

    /** Lets the wall clock of what is scheduled go on. */
    public void passHours(int hours) {
        driver.advanceWallClockTime(Duration.ofHours(hours));
    }

    /** Lets operators look at the clock, which the test turns itself. */
    public void look() {
        driver.advanceWallClockTime(Duration.ofMillis(100));
    }

    public List<TestRecord<byte[], byte[]>> all(String topic) {
        read.add(topic);
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    public TestRecord<byte[], byte[]> only(String topic) {
        List<TestRecord<byte[], byte[]>> records = all(topic);
        assertThat(records).as(topic).hasSize(1);
        return records.get(0);
    }

    /** No record on a topic that was not asked for; what stores write for themselves does not count. */
    public void assertNothingElse() {
        assertThat(driver.producedTopicNames())
                .filteredOn(topic -> !topic.endsWith("-changelog"))
                .isSubsetOf(read);
    }

    public static <T> T decoded(Codec<T> codec, byte[] bytes) {
        return codec.decode(bytes).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad);
        });
    }

    public static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }
}
