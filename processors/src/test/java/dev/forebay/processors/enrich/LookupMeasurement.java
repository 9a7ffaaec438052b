package dev.forebay.processors.enrich;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;

import dev.forebay.processors.Configs;
import dev.forebay.processors.enrich.Reference.OfTopic;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Trail;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look-up in a reference topic costs, and what a record of it takes of the heap. */
final class LookupMeasurement {
    private static final int RECORDS = Integer.getInteger("forebay.enrich.records", 1_000_000);
    private static final int LOOKUPS = 2_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String CONFIG =
            "intake: {enrich: [{name: customer, topic: crm, format: json, by: customer, missing: reject,"
                    + " attributes: {plan: /plan, region: /address/region}}]}";

    @Test
    void printsNanosecondsPerRequestAndBytesPerRecord(@TempDir Path directory) {
        List<Enricher> enrichers = Configs.read(CONFIG).intake().enrichers();
        Codecs codecs = Codecs.over(new MemoryRegistry());
        Topology topology = new Topology();
        topology.addSource("unused", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "unused");
        ReferenceTopics.of(enrichers, codecs, () -> NOW).addTo(topology);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "measured");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings, NOW)) {
            long before = heap();
            fill(driver.createInputTopic("crm", new ByteArraySerializer(), new ByteArraySerializer()));
            System.out.printf("%,d records: %d bytes of heap each%n", RECORDS, (heap() - before) / RECORDS);

            OfTopic reference = (OfTopic) enrichers.get(0).reference();
            KeyValueStore<byte[], byte[]> store = driver.getKeyValueStore("reference-crm");
            Lookup lookup = new TopicLookup(reference, ReferenceTable.of(List.of(reference), codecs), store);
            Enrichment enrichment = Enrichment.of(List.of(new LookupStep(enrichers.get(0), lookup, Trail.NONE)));
            for (int round = 1; round <= 3; round++) {
                System.out.printf("round %d: %,d ns for each request%n", round, nanosEach(enrichment));
            }
        }
    }

    private static void fill(TestInputTopic<byte[], byte[]> topic) {
        for (int i = 0; i < RECORDS; i++) {
            String value =
                    "{\"name\":\"Ann Smith\",\"plan\":\"gold\",\"address\":{\"street\":\"Main Street 7\",\"region\":"
                            + "\"north-" + i % 100 + "\"}}";
            topic.pipeInput(bytes("customer-" + i), bytes(value));
        }
    }

    private static long nanosEach(Enrichment enrichment) {
        Random random = new Random(7);
        Request[] requests = new Request[10_000];
        for (int i = 0; i < requests.length; i++) {
            Map<String, String> attributes = Map.of("customer", "customer-" + random.nextInt(RECORDS), "country", "DE");
            requests[i] = new Request("r-1", "triage", "acme", "Hello", attributes, Lane.LIVE, STAMP, null);
        }
        Position from = new Position("events", 0, 0);
        long before = THREADS.getCurrentThreadCpuTime();
        int attributes = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            attributes += enrichment
                    .enrich(requests[i % requests.length], from)
                    .<Integer>fold(good -> good.value().getAttributes().size(), bad -> 0);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - before;
        if (attributes != 4 * LOOKUPS) {
            throw new AssertionError("found " + attributes);
        }
        return nanos / LOOKUPS;
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
