package dev.forebay.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Span;
import opennlp.tools.util.TrainingParameters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a configured model finds: on a broker, on the command line, and where the file is not the one that was meant. */
final class NamesTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final List<String> FIRST = List.of("Anna", "Peter", "Olga", "Yuki", "Max");
    private static final List<String> LAST = List.of("Meier", "Smith", "Rossi", "Jansen", "Tanaka");
    private static final List<String> BEFORE = List.of("my name is", "please call", "a note from", "for");

    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void trainAndConfigure() throws Exception {
        Path model = Files.write(directory.resolve("names.bin"), train());
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model)));
        config = Files.writeString(
                directory.resolve("forebay.yaml"),
                """
                tasks: {embed: {task: embed}}
                intake:
                  sources: [{topic: notes, format: json, text: /text, id: /id, task: embed, attributes: {from: /from}}]
                  redaction:
                    types: [name, email]
                    attributes: true
                    models: [{type: name, file: %s, sha256: %s}]
                """
                        .formatted(model, sha256));
    }

    @Test
    void noNameReachesTheWorkTopic() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            ForebayConfig running =
                    ForebayConfig.readForAnyCluster(config).on(cluster.bootstrapServers(), cluster.registryUrl());
            try (BrokerTopics broker = BrokerTopics.of(running.kafka())) {
                broker.create(TopicPlan.of(running), Optional.of(1));
            }
            int sent = send(cluster);
            try (RunningProcessors processors = RunningProcessors.start(running);
                    KafkaConsumer<byte[], byte[]> work = reader(cluster)) {
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                    assertThat(processors.failure()).isEmpty();
                    work.poll(Duration.ofMillis(100)).forEach(records::add);
                    assertThat(records).hasSize(sent);
                });

                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Request request = running.codecs()
                            .of(TOPICS.work(), Request.class)
                            .decode(record.value())
                            .fold(good -> good.value(), bad -> {
                                throw new AssertionError(bad.message());
                            });
                    assertThat(request.getText()).contains("[NAME] today");
                    assertThat(request.getAttributes())
                            .containsEntry("from", "a note from [NAME]")
                            .containsEntry("redacted", "name=2");
                    assertThat(new String(record.value(), UTF_8))
                            .doesNotContain(FIRST)
                            .doesNotContain(LAST);
                }
            }
        }
    }

    @Test
    void trialShowsTheTextWithoutTheName() throws IOException {
        Path events = Files.writeString(
                directory.resolve("e.jsonl"),
                "{\"value\": {\"id\": \"n-1\", \"text\": \"please call Anna Smith today\"}, \"outcome\": {\"vector\": [1]}}");

        CapturedConsole run = CapturedConsole.run("test", config.toString(), "--events", events.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("please call [NAME] today", "name=1").doesNotContain("Anna", "Smith");
    }

    @Test
    void checkSaysWhatIsWrongWithTheFile() throws IOException {
        Files.write(directory.resolve("names.bin"), new byte[] {7});
        CapturedConsole other = CapturedConsole.run("check", config.toString());
        Files.delete(directory.resolve("names.bin"));
        CapturedConsole absent = CapturedConsole.run("check", config.toString());

        assertThat(other.code()).isNotZero();
        assertThat(other.out() + other.err())
                .contains(
                        "intake.redaction.models[0].sha256",
                        "That of the file is ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879.");
        assertThat(absent.code()).isNotZero();
        assertThat(absent.out() + absent.err())
                .contains("intake.redaction.models[0].file", "names.bin", "Check that it is there and may be read.");
    }

    private static int send(EmbeddedCluster cluster) throws Exception {
        int sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String first : FIRST) {
                for (String last : LAST) {
                    String name = first + " " + last;
                    String note = "{\"id\":\"n-%d\",\"text\":\"%s %s today\",\"from\":\"a note from %s\"}"
                            .formatted(sent, BEFORE.get(sent % BEFORE.size()), name, name);
                    producer.send(new ProducerRecord<>("notes", note.getBytes(UTF_8)))
                            .get(20, TimeUnit.SECONDS);
                    sent++;
                }
            }
        }
        return sent;
    }

    private static KafkaConsumer<byte[], byte[]> reader(EmbeddedCluster cluster) {
        KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        reader.assign(List.of(new TopicPartition(TOPICS.work().name(), 0)));
        reader.seekToBeginning(reader.assignment());
        return reader;
    }

    private static byte[] train() throws IOException {
        List<NameSample> samples = new ArrayList<>();
        for (String first : FIRST) {
            for (String last : LAST) {
                for (String before : BEFORE) {
                    List<String> words = new ArrayList<>(List.of(before.split(" ", -1)));
                    Span name = new Span(words.size(), words.size() + 2, "person");
                    words.addAll(List.of(first, last, "today"));
                    samples.add(new NameSample(words.toArray(new String[0]), new Span[] {name}, true));
                    words.subList(name.getStart(), name.getEnd()).replaceAll(word -> "you");
                    samples.add(new NameSample(words.toArray(new String[0]), new Span[0], true));
                }
            }
        }
        TrainingParameters parameters = new TrainingParameters();
        parameters.put("Algorithm", "MAXENT");
        parameters.put("Iterations", 30);
        parameters.put("Cutoff", 1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        NameFinderME.train(
                        "en",
                        null,
                        ObjectStreamUtils.createObjectStream(samples),
                        parameters,
                        new TokenNameFinderFactory())
                .serialize(file);
        return file.toByteArray();
    }
}
