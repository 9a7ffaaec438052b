package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.schemas.record.ModelRef;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.serde.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast intake and verdict get through a backlog of events and outcomes of 1 KB, with a rule of every kind. */
final class ProcessorsMeasurement {
    private static final int RECORDS = Integer.getInteger("forebay.processors.records", 200_000);
    private static final int ROUNDS = 3;
    private static final int FEW = 100;
    private static final int EVENT_CHARS = 1_000;

    private static final String CONFIG =
            """
            topics: {results: r%1$d.results, review: r%1$d.review, outcomes: r%1$d.outcomes, work: r%1$d.work,
              work-bulk: r%1$d.bulk, requests: r%1$d.requests, rejections: r%1$d.rejections, dead-letters: r%1$d.letters}
            tasks: {triage: {task: classify, labels: [refund, fault, praise]}}
            intake:
              sources:
                - {topic: r%1$d.events, format: json, task: triage, id: /id, text: /message/body,
                   attributes: {country: /customer/country, customer: /customer/id}}
            %2$sverdict:
              abstain-below: 0.3
              moderation:
                - {name: insult, when: scores.insult >= 0.9, action: block}
              routes:
                - {name: refunds-de, when: label == 'refund' && attributes.country == 'DE', to: r%1$d.de, format: json,
                   fields: {id: request_id, customer: attributes.customer, score: score}}
                - {name: refunds, when: label == 'refund', to: r%1$d.refunds}
                - {name: faults, when: label == 'fault' && score >= 0.5, to: r%1$d.faults, format: cloudevents}
            processors: {intake-application-id: r%1$d-intake, verdict-application-id: r%1$d-verdict}
            """;

    private static final String DUPLICATES = "  duplicates: {window: 10 min}\n";
    private static final String SCREEN = "  screen: {block: [launch code], injection: true}\n";
    private static final String REDACTION = "  redaction: {types: [email, phone, iban, card, ip], region: DE}\n";

    private static final Map<String, String> STEPS = steps();

    @TempDir
    private Path directory;

    @Test
    void printsTheThroughputOfBothStages() throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            int number = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, String> step : STEPS.entrySet()) {
                    double rate = measure(cluster, number++, step.getValue());
                    System.out.printf("round %d, %s: %.0f records/s%n", round, step.getKey(), rate);
                }
            }
        }
    }

    private static Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("mapping and routes", "");
        steps.put("and duplicates", DUPLICATES);
        steps.put("and screening", SCREEN);
        steps.put("and redaction", REDACTION);
        steps.put("and all of these", DUPLICATES + SCREEN + REDACTION);
        return steps;
    }

    /** Records that have passed both stages, which run at once. */
    private double measure(EmbeddedCluster cluster, int number, String more) throws IOException {
        Path file = Files.writeString(directory.resolve(number + ".yaml"), CONFIG.formatted(number, more));
        ForebayConfig config =
                ForebayConfig.readForAnyCluster(file).on(cluster.bootstrapServers(), cluster.registryUrl());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(1));
        }
        String intake = config.processors().intakeApplicationId();
        String verdict = config.processors().verdictApplicationId();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            // Once for what Streams makes for itself, so that both stages begin at once.
            send(config, "r" + number + ".events", FEW);
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await(() -> read(admin, intake) >= FEW && read(admin, verdict) >= FEW, processors);
            }
            send(config, "r" + number + ".events", RECORDS);
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await(() -> read(admin, intake) + read(admin, verdict) > 2 * FEW, processors);
                long before = read(admin, intake) + read(admin, verdict);
                long start = System.nanoTime();
                long end = 2L * (RECORDS + FEW);
                await(() -> read(admin, intake) + read(admin, verdict) >= end, processors);
                return (end - before) / 2.0 / ((System.nanoTime() - start) * 1e-9);
            }
        }
    }

    private static void await(BooleanSupplier so, RunningProcessors processors) {
        while (!so.getAsBoolean()) {
            assertThat(processors.failure()).isEmpty();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long read(Admin admin, String group) {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void send(ForebayConfig config, String topic, int count) {
        Codec<Result> codec = config.codecs().of(config.topics().outcomes(), Result.class);
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            int from = count == FEW ? 0 : FEW;
            for (int i = from; i < from + count; i++) {
                byte[] key = ("c-" + i % 1000).getBytes(StandardCharsets.UTF_8);
                // Closing the producer waits for all of them.
                var unused = producer.send(new ProducerRecord<>(topic, key, event(i, random)));
                var unusedToo = producer.send(
                        new ProducerRecord<>(config.topics().outcomes().name(), key, codec.encode(outcome(i, random))));
            }
        }
    }

    private static byte[] event(int number, Random random) {
        StringBuilder body = new StringBuilder();
        while (body.length() < EVENT_CHARS - 150) {
            body.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        if (number % 10 == 0) {
            body.append("write to kim").append(number).append("@example.org");
        }
        return ("{\"id\":\"e-" + number + "\",\"customer\":{\"id\":\"c-" + number % 1000 + "\",\"country\":\""
                        + (number % 2 == 0 ? "DE" : "FR") + "\"},\"message\":{\"body\":\"" + body + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Result outcome(int number, Random random) {
        String label = List.of("refund", "fault", "praise").get(number % 3);
        double score = random.nextDouble();
        return Result.newBuilder()
                .setRequestId("e-" + number)
                .setTask("triage")
                .setOutcome(new Classification(
                        label, score, List.of(new LabelScore(label, score), new LabelScore("insult", 1 - score))))
                .setModel(new ModelRef("none", "0"))
                .setTokens(200)
                .setAttributes(Map.of("country", number % 2 == 0 ? "DE" : "FR", "customer", "c-" + number % 1000))
                .setIssuedAt(Instant.now())
                .setCompletedAt(Instant.now())
                .build();
    }

    private static final List<String> WORDS = List.of(
            "the",
            "kettle",
            "that",
            "I",
            "bought",
            "in",
            "March",
            "for",
            "49",
            "euros",
            "does",
            "not",
            "boil",
            "any",
            "more,",
            "and",
            "order",
            "1173-22",
            "has",
            "never",
            "arrived.",
            "Please",
            "tell",
            "me",
            "when",
            "you",
            "can");
}
