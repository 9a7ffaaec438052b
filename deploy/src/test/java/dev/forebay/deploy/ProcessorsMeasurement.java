package dev.forebay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast intake and verdict get through a backlog of events and outcomes of 1 KB, with a rule of every kind. */
final class ProcessorsMeasurement {
    private static final int RECORDS = Integer.getInteger("forebay.processors.records", 200_000);
    private static final int ROUNDS = Integer.getInteger("forebay.processors.rounds", 5);
    /** The name of one step; empty for all. */
    private static final String ONLY = System.getProperty("forebay.processors.only", "");

    private static final int FEW = 100;
    /** Rarely, as each costs a few requests. */
    private static final Duration POLLED = Duration.ofMillis(100);

    private static final int CUSTOMERS = 1_000;
    private static final int EVENT_CHARS = 1_000;
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final String CONFIG =
            """
            topics: {results: r%1$d.results, review: r%1$d.review, outcomes: r%1$d.outcomes, work: r%1$d.work,
              work-bulk: r%1$d.bulk, requests: r%1$d.requests, admitted: r%1$d.admitted, rejections: r%1$d.rejections,
              dead-letters: r%1$d.letters}
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
            processors: {intake-application-id: r%1$d-intake, verdict-application-id: r%1$d-verdict, threads: 2}
            """;

    private static final String DUPLICATES = "  duplicates: {window: 10 min}\n";
    private static final String SCREEN = "  screen: {block: [launch code], injection: true}\n";
    private static final String REDACTION = "  redaction: {types: [email, phone, iban, card, ip], region: DE}\n";

    /** Of which nothing is refused. */
    private static final String QUOTA = "  quota: {requests: 1000000000, per: 1 s}\n";

    private static final String ENRICHMENT =
            """
              enrich:
                - {name: customer, topic: r%1$d.customers, format: json, by: customer, attributes: {plan: /plan, region: /region},
                   missing: reject}
            """;

    private static final Map<String, String> STEPS = steps();

    @TempDir
    private Path directory;

    @Test
    void printsTheThroughputOfBothStages() throws IOException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(null, 0, 0))) {
            int number = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, String> step : STEPS.entrySet()) {
                    Pace pace = measure(cluster, number++, step.getValue());
                    System.out.printf(
                            "round %d, %s: %.0f records/s, %.1f us of all processors each%n",
                            round, step.getKey(), pace.perSecond, pace.microsEach);
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
        steps.put("and enrichment", ENRICHMENT);
        steps.put("and a quota", QUOTA);
        steps.put("and all of these", DUPLICATES + SCREEN + REDACTION + ENRICHMENT + QUOTA);
        steps.keySet().removeIf(step -> !ONLY.isEmpty() && !step.equals(ONLY));
        return steps;
    }

    /**
     * Of records that have passed both stages, which run at once.
     *
     * @param microsEach that processors were busy with the whole process, the broker in it
     */
    private record Pace(double perSecond, double microsEach) {}

    private Pace measure(EmbeddedCluster cluster, int number, String more) throws IOException {
        Path file = Files.writeString(
                directory.resolve(number + ".yaml"), CONFIG.formatted(number, more.formatted(number)));
        ForebayConfig config =
                ForebayConfig.readForAnyCluster(file).on(cluster.bootstrapServers(), cluster.registryUrl());
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.of(1));
        }
        if (!config.processors().intake().referenceTopics().isEmpty()) {
            sendCustomers(config, "r" + number + ".customers");
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            Passed passed = new Passed(admin, config, "r" + number + ".events");
            // Once for what Streams makes for itself, so that both stages begin at once.
            send(config, "r" + number + ".events", FEW);
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await(() -> passed.all(FEW), processors);
            }
            send(config, "r" + number + ".events", RECORDS);
            try (RunningProcessors processors = RunningProcessors.start(config)) {
                await(() -> passed.both() > 2 * FEW, processors);
                long before = passed.both();
                long start = System.nanoTime();
                long busy = MACHINE.getProcessCpuTime();
                await(() -> passed.all(RECORDS + FEW), processors);
                double records = (2L * (RECORDS + FEW) - before) / 2.0;
                return new Pace(
                        records * 1e9 / (System.nanoTime() - start),
                        (MACHINE.getProcessCpuTime() - busy) * 1e-3 / records);
            }
        }
    }

    /** How far the stages are, by what their groups have committed. */
    private record Passed(Admin admin, ForebayConfig config, String events) {
        boolean all(long records) {
            return both() >= 2 * records
                    && (!config.processors().intake().quotas().any() || isMetered());
        }

        /** Events that were admitted, and outcomes. */
        long both() {
            return committed(config.processors().intakeApplicationId(), events)
                    + committed(
                            config.processors().verdictApplicationId(),
                            config.topics().outcomes().name());
        }

        /** But for markers of transactions, of which the topic of admitted requests has some at its end. */
        private boolean isMetered() {
            String topic = config.topics().admitted().name();
            return committed(config.processors().intakeApplicationId(), topic) > end(topic) - FEW;
        }

        private long committed(String group, String topic) {
            return got(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .map(offsets -> offsets.get(new TopicPartition(topic, 0)))
                    .map(OffsetAndMetadata::offset)
                    .orElse(0L);
        }

        private long end(String topic) {
            TopicPartition only = new TopicPartition(topic, 0);
            return got(admin.listOffsets(Map.of(only, OffsetSpec.latest())).all())
                    .map(ends -> ends.get(only).offset())
                    .orElse(Long.MAX_VALUE);
        }

        /** Empty while the group is not there yet. */
        private static <T> Optional<T> got(KafkaFuture<T> asked) {
            try {
                return Optional.of(asked.get());
            } catch (ExecutionException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void await(BooleanSupplier so, RunningProcessors processors) {
        while (!so.getAsBoolean()) {
            assertThat(processors.failure()).isEmpty();
            LockSupport.parkNanos(POLLED.toNanos());
        }
    }

    private static void sendCustomers(ForebayConfig config, String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < CUSTOMERS; i++) {
                String row = "{\"plan\":\"" + (i % 3 == 0 ? "pro" : "basic") + "\",\"region\":\"r" + i % 7 + "\"}";
                var unused = producer.send(new ProducerRecord<>(topic, bytes("c-" + i), bytes(row)));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(ForebayConfig config, String topic, int count) {
        Codec<Result> codec = config.codecs().of(config.topics().outcomes(), Result.class);
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                config.kafka().forProducer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            int from = count == FEW ? 0 : FEW;
            for (int i = from; i < from + count; i++) {
                byte[] key = bytes("c-" + i % CUSTOMERS);
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
        return bytes("{\"id\":\"e-" + number + "\",\"customer\":{\"id\":\"c-" + number % CUSTOMERS + "\",\"country\":\""
                + (number % 2 == 0 ? "DE" : "FR") + "\"},\"message\":{\"body\":\"" + body + "\"}}");
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
                .setAttributes(Map.of("country", number % 2 == 0 ? "DE" : "FR", "customer", "c-" + number % CUSTOMERS))
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
