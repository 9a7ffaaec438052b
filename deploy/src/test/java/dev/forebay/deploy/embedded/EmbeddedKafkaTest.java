package dev.forebay.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {
    private static final String TOPIC = "t";

    @Test
    void brokerAndControllerNeverGetTheSamePort() {
        for (int i = 0; i < 2_000; i++) {
            EmbeddedKafka.Ports ports = EmbeddedKafka.Ports.claim(0);

            assertThat(ports.broker()).isNotEqualTo(ports.controller());
        }
    }

    @Test
    void restartOnOtherPortsKeepsTheRecords(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Options.keptIn(directory))) {
            createTopic(kafka);
            produce(kafka, new byte[] {1, 2, 3});
            assertThat(consume(kafka, 1)).containsExactly(new byte[] {1, 2, 3});
        }

        try (EmbeddedKafka again = EmbeddedKafka.start(EmbeddedKafka.Options.keptIn(directory))) {
            produce(again, new byte[] {4});
            assertThat(consume(again, 2)).containsExactly(new byte[] {1, 2, 3}, new byte[] {4});
        }
    }

    @Test
    void recordOfFourMebibytesPasses() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            createTopic(kafka);

            produce(kafka, new byte[4 << 20]);

            assertThat(consume(kafka, 1).get(0)).hasSize(4 << 20);
        }
    }

    @Test
    void twoBrokersStandSideBySideAndKnowNothingOfEachOther() throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.start();
                EmbeddedKafka two = EmbeddedKafka.start()) {
            createTopic(one);

            assertThat(topics(one)).containsExactly(TOPIC);
            assertThat(topics(two)).isEmpty();
        }
    }

    @Test
    void temporaryDirectoryIsGoneAfterCloseAndClosingTwiceIsHarmless() throws Exception {
        Set<Path> before = temporaryDirectories();
        EmbeddedKafka kafka = EmbeddedKafka.start();
        Set<Path> own = temporaryDirectories();
        own.removeAll(before);
        assertThat(own).isNotEmpty();

        kafka.close();
        kafka.close();

        assertThat(own).noneMatch(directory -> Files.exists(directory.resolve("meta.properties")));
    }

    @Test
    void portInUseIsSaidAndTheProcessLives() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedKafka.Options options = new EmbeddedKafka.Options(null, taken.getLocalPort(), Map.of());

            assertThatThrownBy(() -> EmbeddedKafka.start(options))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void directoryInUseIsSaidAndTheOwnerIsUntouched(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka owner = EmbeddedKafka.start(EmbeddedKafka.Options.keptIn(directory))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafka.Options.keptIn(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is in use by another embedded broker");

            createTopic(owner);
            assertThat(topics(owner)).containsExactly(TOPIC);
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(client(kafka))) {
            NewTopic topic = new NewTopic(TOPIC, 1, (short) 1);
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static Set<String> topics(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(client(kafka))) {
            return admin.listTopics().names().get();
        }
    }

    private static void produce(EmbeddedKafka kafka, byte[] value) throws Exception {
        Map<String, Object> properties = new java.util.HashMap<>(client(kafka));
        properties.put("max.request.size", 8 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<byte[]> consume(EmbeddedKafka kafka, int count) {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (int i = 0; i < 100 && values.size() < count; i++) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static Map<String, Object> client(EmbeddedKafka kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static Set<Path> temporaryDirectories() throws IOException {
        try (Stream<Path> paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new java.util.HashSet<>(
                    paths.filter(path -> path.getFileName().toString().startsWith("forebay-"))
                            .toList());
        }
    }
}
