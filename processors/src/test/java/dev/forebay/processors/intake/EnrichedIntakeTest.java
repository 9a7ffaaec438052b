package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.Configs;
import dev.forebay.processors.Golden;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.enrich.ReferenceUnavailableException;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.schemas.serde.Codecs;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrichedIntakeTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String SOURCE =
            """
            intake:
              sources:
                - {topic: support.messages, format: json, text: /text, task: triage, id: /id,
                   attributes: {customer: /customer, payer: /payer}}
            """;
    private static final String CUSTOMER =
            """
                - {name: customer, topic: crm.customers, format: json, by: customer,
                   attributes: {plan: /plan, region: /address/region}, %s}
            """;
    private static final String DEFAULT =
            "  enrich:\n" + CUSTOMER.formatted("missing: default, default: {plan: none, region: unknown}");
    private static final String REJECT = "  enrich:\n" + CUSTOMER.formatted("missing: reject");
    private static final String WAIT = "  enrich:\n" + CUSTOMER.formatted("missing: wait");

    private final MemoryRegistry registry = new MemoryRegistry();
    private Codecs codecs = Codecs.over(registry);

    @Test
    void topologyWithReferenceDataIsTheOneThatIsDescribed() {
        Golden.assertDescribed(topology(DEFAULT), "intake-enrich.txt");
    }

    @Test
    void lastRecordOfTheKeyIsWhatIsFoundAndATombstoneDeletes() {
        try (TopologyRun run = new TopologyRun(topology(DEFAULT))) {
            refer(run, "c-7", "{\"plan\": \"basic\", \"address\": {\"region\": \"north\"}}");
            refer(run, "c-7", "{\"plan\": \"gold\", \"address\": {\"region\": \"south\"}, \"name\": \"Ann\"}");
            assertThat(enriched(run)).containsEntry("plan", "gold").containsEntry("region", "south");

            refer(run, "c-7", "{\"plan\": 7, \"address\": null}");
            assertThat(enriched(run)).containsEntry("plan", "7").containsEntry("region", "unknown");

            refer(run, "c-7", null);
            assertThat(enriched(run)).containsEntry("plan", "none").containsEntry("region", "unknown");
            run.assertNothingElse();
        }
    }

    @Test
    void recordThatCannotBeReadCountsAsAbsentAndStopsNothing() {
        try (TopologyRun run = new TopologyRun(topology(DEFAULT))) {
            for (String bad : new String[] {"{\"plan\": ", "[]", "\"\\ud800\"", "", "{\"plan\": \"\\ud800\"}"}) {
                refer(run, "c-7", "{\"plan\": \"gold\"}");
                refer(run, "c-7", bad);
                assertThat(enriched(run)).as(bad).containsEntry("plan", "none");
            }
            run.pipe("crm.customers", new TestRecord<>(null, bytes("{}"), new RecordHeaders(), STAMP));

            refer(run, "c-7", "{\"plan\": \"gold\"}");
            assertThat(enriched(run)).containsEntry("plan", "gold");
        }
    }

    @Test
    void requestOfWhichNothingIsKnownIsRejectedWithoutWhatWasLookedUp() {
        try (TopologyRun run = new TopologyRun(topology(REJECT))) {
            send(run);

            TestRecord<byte[], byte[]> out = run.only("forebay.rejections");
            Rejection rejection = TopologyRun.decoded(codecs.of(TOPICS.rejections(), Rejection.class), out.value());
            assertThat(rejection.getCode()).isEqualTo("reference_missing");
            assertThat(rejection.getRequestId()).isEqualTo("m-1");
            assertThat(rejection.getMessage())
                    .contains("Enrichment customer", "'customer'")
                    .doesNotContain("c-7");
            assertThat(TopologyRun.header(out, "forebay-code")).isEqualTo("reference_missing");
            run.assertNothingElse();
        }
    }

    @Test
    void eventIsNotTakenBeforeItsReferenceDataAreThere() {
        try (TopologyRun run = new TopologyRun(topology(WAIT))) {
            assertThatThrownBy(() -> send(run))
                    .hasStackTraceContaining(ReferenceUnavailableException.class.getName())
                    .hasStackTraceContaining("for support.messages-0-0");
            run.assertNothingElse();
        }
        try (TopologyRun run = new TopologyRun(topology(WAIT))) {
            refer(run, "c-7", "{\"plan\": \"gold\", \"address\": {\"region\": \"south\"}}");
            assertThat(enriched(run)).containsEntry("plan", "gold");
        }
    }

    @Test
    void readyMadeRequestsAreEnrichedAsWell() {
        try (TopologyRun run = new TopologyRun(topology(DEFAULT))) {
            refer(run, "c-7", "{\"plan\": \"gold\"}");
            Request request =
                    new Request("r-1", "triage", "acme", "Hello", Map.of("customer", "c-7"), Lane.BULK, STAMP, null);
            byte[] value = codecs.of(TOPICS.requests(), Request.class).encode(request);
            run.pipe("forebay.requests", new TestRecord<>(null, value, new RecordHeaders(), STAMP));

            assertThat(decoded(run.only("forebay.work-bulk")).getAttributes()).containsEntry("plan", "gold");
        }
    }

    @Test
    void referenceDataAreRedactedLikeAnyAttribute() {
        String redaction = "  redaction: {types: [email], attributes: true}\n";
        try (TopologyRun run = new TopologyRun(topology(redaction + DEFAULT))) {
            refer(run, "c-7", "{\"plan\": \"ask ann@example.org\"}");

            assertThat(enriched(run)).containsEntry("plan", "ask [EMAIL]").containsEntry("redacted", "email=1");
        }
    }

    @Test
    void severalEntriesLookUpInOneTopic() {
        String both = DEFAULT
                + "    - {name: payer, topic: crm.customers, format: json, by: payer, missing: reject,\n"
                + "       attributes: {payer_plan: /plan, payer_name: /name}}\n";
        try (TopologyRun run = new TopologyRun(topology(both))) {
            refer(run, "c-7", "{\"plan\": \"basic\", \"name\": \"Ann\"}");
            refer(run, "c-8", "{\"plan\": \"gold\", \"name\": \"Ben\", \"address\": {\"region\": \"south\"}}");

            assertThat(enriched(run))
                    .containsEntry("plan", "basic")
                    .containsEntry("region", "unknown")
                    .containsEntry("payer_plan", "gold")
                    .containsEntry("payer_name", "Ben");
        }
    }

    @Test
    void textIsAnAttributeAsAWhole() {
        String note = "  enrich: [{name: note, topic: notes, format: text, by: customer, attributes: {note: ''},"
                + " missing: reject}]\n";
        try (TopologyRun run = new TopologyRun(topology(note))) {
            run.pipe("notes", new TestRecord<>(bytes("c-7"), bytes("a good customer"), new RecordHeaders(), STAMP));

            assertThat(enriched(run)).containsEntry("note", "a good customer");
        }
    }

    @Test
    void avroIsReadByTheRegistryWhoseAbsenceSkipsNoRecord() {
        Schema schema =
                SchemaBuilder.record("Customer").fields().requiredString("plan").endRecord();
        GenericData.Record customer = new GenericData.Record(schema);
        customer.put("plan", "gold");
        byte[] value = WireBytes.of(registry, "crm-value", customer);
        String avro = "  enrich: [{name: customer, topic: crm, format: avro, by: customer, attributes: {plan: plan},"
                + " missing: reject}]\n";
        try (TopologyRun run = new TopologyRun(topology(avro))) {
            run.pipe("crm", new TestRecord<>(bytes("c-7"), value, new RecordHeaders(), STAMP));

            assertThat(enriched(run)).containsEntry("plan", "gold");
        }
        registry.down();
        codecs = Codecs.over(registry);
        try (TopologyRun run = new TopologyRun(topology(avro))) {
            assertThatThrownBy(() -> run.pipe("crm", new TestRecord<>(bytes("c-7"), value, new RecordHeaders(), STAMP)))
                    .hasStackTraceContaining(RegistryUnavailableException.class.getName());
        }
    }

    private static void refer(TopologyRun run, String key, @Nullable String json) {
        byte[] value = json == null ? null : bytes(json);
        run.pipe("crm.customers", new TestRecord<>(bytes(key), value, new RecordHeaders(), STAMP));
    }

    private static void send(TopologyRun run) {
        String json = "{\"id\":\"m-1\",\"text\":\"Hello\",\"customer\":\"c-7\",\"payer\":\"c-8\"}";
        run.pipe("support.messages", new TestRecord<>(null, bytes(json), new RecordHeaders(), STAMP));
    }

    /** The attributes of one more event of customer c-7. */
    private Map<String, String> enriched(TopologyRun run) {
        send(run);
        return decoded(run.only("forebay.work")).getAttributes();
    }

    private Request decoded(TestRecord<byte[], byte[]> record) {
        return TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value());
    }

    private Topology topology(String enrich) {
        return IntakeTopology.build(Configs.read(SOURCE + enrich).intake(), TOPICS, codecs, () -> NOW, new Refusals());
    }
}
