package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.STAMP;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.forebay.processors.Configs;
import dev.forebay.processors.TopologyRun;
import dev.forebay.processors.event.Events;
import dev.forebay.processors.stream.Refusals;
import dev.forebay.processors.stream.Refused;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.HeaderEntry;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EachTest {
    private static final Topics TOPICS = Topics.defaults();
    private static final String CHATS =
            "topic: chats, format: json, each: /messages, text: /body, id: /id, attributes: {from: /from},"
                    + " of-event: {customer: /customer}";
    /** Of four parts the first is good, the second without text, the third with an empty one, the fourth no object. */
    private static final String MIXED =
            "{\"id\":\"c-1\",\"customer\":\"Ann\",\"messages\":[{\"body\":\"Hello\",\"from\":\"a\"},{\"from\":\"b\"},"
                    + "{\"body\":\"\"},7]}";

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);

    @Test
    void everyElementBecomesARequestThatTellsItsPart() {
        Intake intake = intake("task: triage");

        Taken taken = intake.take(
                Events.of(
                        "{\"id\":\"c-1\",\"customer\":7,\"messages\":[{\"body\":\"Hello\",\"from\":\"a\"},{\"body\":\"Bye\"}]}"),
                NOW);

        assertThat(Intakes.outcomes(taken)).containsExactly("c-1#0 triage Hello", "c-1#1 triage Bye");
        assertThat(taken.admissions()
                        .map(admission -> admission.fold(
                                admitted -> admitted.request().getAttributes(),
                                refused -> refused.envelope().attributes())))
                .containsExactly(
                        Map.of("customer", "7", "from", "a", "part", "1", "parts", "2"),
                        Map.of("customer", "7", "part", "2", "parts", "2"));
    }

    @Test
    void elementsOfAvroAndOfAWholeArrayAreFoundAlike() {
        Schema element =
                SchemaBuilder.record("Message").fields().requiredString("body").endRecord();
        Schema schema = SchemaBuilder.record("Chat")
                .fields()
                .name("messages")
                .type(Schema.createArray(element))
                .noDefault()
                .name("lines")
                .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .endRecord();
        GenericData.Record message = new GenericData.Record(element);
        message.put("body", "Hello");
        GenericData.Record chat = new GenericData.Record(schema);
        chat.put("messages", List.of(message, message));
        chat.put("lines", List.of("one", "two"));
        byte[] value = WireBytes.of(registry, "chats-value", chat);

        assertThat(outcomes(Intakes.of("format: avro, each: messages, text: body", codecs), value))
                .containsExactly("events-2-41#0 triage Hello", "events-2-41#1 triage Hello");
        assertThat(outcomes(Intakes.of("format: avro, each: lines, text: .", codecs), value))
                .containsExactly("events-2-41#0 triage one", "events-2-41#1 triage two");
        assertThat(outcomes(Intakes.of("format: json, each: '', text: ''", codecs), bytes("[\"one\",\"two\"]")))
                .containsExactly("events-2-41#0 triage one", "events-2-41#1 triage two");
    }

    @Test
    void tasksAreChosenByTheElementAndTheTenantByTheEvent() {
        Intake chosen = intake("tenant-from: /customer, task-from: {at: /from, tasks: {a: triage, b: digest}}");
        Intake all = intake("task: [triage, digest]");
        byte[] value = bytes("{\"id\":\"c\",\"customer\":\"Ann\",\"messages\":[{\"body\":\"1\",\"from\":\"b\"},"
                + "{\"body\":\"2\",\"from\":\"x\"}]}");

        assertThat(outcomes(chosen, value)).containsExactly("c#0 digest 1", "c#1 unknown UNKNOWN_TASK");
        assertThat(chosen.take(Events.of(value), NOW)
                        .admissions()
                        .map(admission ->
                                admission.fold(admitted -> admitted.request().getTenant(), refused -> refused.envelope()
                                        .tenant())))
                .containsOnly("Ann");
        assertThat(outcomes(all, value))
                .containsExactly(
                        "c#0/triage triage 1", "c#0/digest digest 1", "c#1/triage triage 2", "c#1/digest digest 2");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                arguments("{\"id\":\"c\"}", "c triage FIELD_MISSING", "'/messages' is not there"),
                arguments(
                        "{\"id\":\"c\",\"messages\":{}}",
                        "c triage FIELD_MISSING",
                        "'/messages' is an object, and has to be an array"),
                arguments("{\"id\":\"c\",\"messages\":[]}", "c triage EMPTY_TEXT", "'/messages' has no element"),
                arguments(
                        "{\"id\":\"c\",\"messages\":[1,2,3,4]}",
                        "c triage RECORD_TOO_LARGE",
                        "has 4 elements; the source's each-limit allows 3"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("unusable")
    void eventWithoutUsableElementsIsRefusedAsAWhole(String event, String outcome, String message) {
        Taken taken = intake("task: triage, each-limit: 3").take(Events.of(event), NOW);

        assertThat(Intakes.outcomes(taken)).containsExactly(outcome);
        assertThat(Intakes.only(taken).<String>fold(admitted -> "", refused -> refused.reason()
                        .message()))
                .contains(message);
    }

    @Test
    void elementThatCannotBeMappedCostsItsNeighboursNothing() {
        assertThat(outcomes(intake("task: triage"), bytes(MIXED)))
                .containsExactly(
                        "c-1#0 triage Hello",
                        "c-1#1 triage FIELD_MISSING",
                        "c-1#2 triage EMPTY_TEXT",
                        "c-1#3 triage FIELD_MISSING");
    }

    @Test
    void requestsOfAnEventAreBoundedTogether() {
        String event = "{\"id\":\"c\",\"customer\":\"" + "x".repeat(1_000) + "\",\"messages\":["
                + IntStream.range(0, 12).mapToObj(i -> "{\"body\":\"a\"}").collect(Collectors.joining(",")) + "]}";
        Intake intake = Intakes.within("max-record-bytes: 1300, ", "{" + CHATS + ", task: triage}", codecs);
        Intake wider = Intakes.within("max-record-bytes: 1600, ", "{" + CHATS + ", task: triage}", codecs);

        assertThat(outcomes(intake, bytes(event))).containsExactly("c triage RECORD_TOO_LARGE");
        assertThat(outcomes(wider, bytes(event))).hasSize(12);
        assertThat(Intakes.outcomes(wider.take(Events.of(event, "large", "x".repeat(500)), NOW)))
                .as("headers are counted with each")
                .containsExactly("c triage RECORD_TOO_LARGE");
    }

    @Test
    void firstDeadLetterKeepsTheOriginalAndTheOthersTellIt() {
        try (TopologyRun run = new TopologyRun(topology(new Refusals()))) {
            run.pipe("chats", new TestRecord<>(bytes("k"), bytes(MIXED), headers("h", "v"), STAMP));

            assertThat(texts(run)).containsExactly("c-1#0 Hello");
            Rejection rejection = TopologyRun.decoded(
                    codecs.of(TOPICS.rejections(), Rejection.class),
                    run.only("forebay.rejections").value());
            assertThat(rejection.getRequestId()).isEqualTo("c-1#2");
            assertThat(rejection.getAttributes()).containsEntry("part", "3").containsEntry("parts", "4");
            List<DeadLetter> letters = letters(run);
            assertThat(letters).extracting(DeadLetter::getRequestId).containsExactly("c-1#1", "c-1#3");
            assertThat(letters.get(0).getMessage()).startsWith("Part 2: The field '/body' is not there.");
            assertThat(letters.get(0).getValue()).isEqualTo(ByteBuffer.wrap(bytes(MIXED)));
            assertThat(texts(letters.get(0))).containsExactly("h=v", "forebay-parts=2,4", "forebay-request-id=c-1");
            assertThat(letters.get(1).getMessage()).startsWith("Part 4: ").endsWith("is that of c-1#1.");
            assertThat(letters.get(1).getValue()).isNull();
            assertThat(letters.get(1).getValueSize()).isEqualTo(MIXED.length());
            assertThat(letters.get(1).getValueSha256()).hasSize(64);
            run.assertNothingElse();
        }
    }

    /** As the command {@code dlq replay} does it: the original with the headers that its letter has. */
    @Test
    void originalThatIsSentAgainBringsOnlyThePartsThatWereInDeadLetters() {
        try (TopologyRun run = new TopologyRun(topology(new Refusals()))) {
            String withoutId = MIXED.replace("\"id\":\"c-1\",", "");
            run.pipe("chats", new TestRecord<>(null, bytes(withoutId), headers(), STAMP));
            assertThat(texts(run)).containsExactly("chats-0-0#0 Hello");
            DeadLetter letter = letters(run).get(0);
            RecordHeaders again = headers();
            letter.getHeaders()
                    .forEach(header ->
                            again.add(header.getName(), header.getValue().array()));

            String mended = withoutId.replace("{\"from\":\"b\"}", "{\"body\":\"Mended\"}");
            run.pipe("chats", new TestRecord<>(null, bytes(mended), again, STAMP));

            List<TestRecord<byte[], byte[]>> work = run.all("forebay.work");
            assertThat(work).hasSize(1);
            Request request = TopologyRun.decoded(
                    codecs.of(TOPICS.work(), Request.class), work.get(0).value());
            assertThat(request.getRequestId()).as("as it was at first").isEqualTo("chats-0-0#1");
            assertThat(request.getText()).isEqualTo("Mended");
            assertThat(request.getAttributes()).containsEntry("part", "2").containsEntry("parts", "4");
            assertThat(work.get(0).headers().lastHeader("forebay-parts")).isNull();
            assertThat(letters(run)).singleElement().satisfies(left -> {
                assertThat(left.getRequestId()).isEqualTo("chats-0-0#3");
                assertThat(texts(left)).containsExactly("forebay-request-id=chats-0-0", "forebay-parts=4");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,", "a", "-1", "1;2", "99999999999"})
    void headerThatIsNoListOfPartsIsIgnored(String header) {
        Taken taken = intake("task: triage").take(Events.of(MIXED, "forebay-parts", header), NOW);

        assertThat(taken.parts()).hasSize(4);
    }

    @Test
    void headerThatNamesNoElementIsRefused() {
        Taken taken = intake("task: triage").take(Events.of(MIXED, "forebay-parts", "0,5"), NOW);

        assertThat(Intakes.outcomes(taken)).containsExactly("c-1 triage INVALID_REQUEST");
    }

    @Test
    void onlyThePartThatWasTooLargeForItsTopicBecomesADeadLetter() {
        Refusals refusals = new Refusals();
        byte[] event = bytes("{\"id\":\"c\",\"messages\":[{\"body\":\"small\"},{\"body\":\"large\"}]}");
        try (TopologyRun run = new TopologyRun(topology(refusals))) {
            run.pipe("chats", new TestRecord<>(null, event, headers(), STAMP));
            Refused.note(refusals, run.all("forebay.work").get(1).value(), "forebay.work");
        }
        try (TopologyRun again = new TopologyRun(topology(refusals))) {
            again.pipe("chats", new TestRecord<>(null, event, headers(), STAMP));

            assertThat(texts(again)).containsExactly("c#0 small");
            assertThat(letters(again)).singleElement().satisfies(letter -> {
                assertThat(letter.getCode()).isEqualTo("output_too_large");
                assertThat(letter.getRequestId()).isEqualTo("c#1");
                assertThat(letter.getValue()).isNull();
            });
        }
    }

    @Test
    void duplicateOfAnEventIsNoticedForEachOfItsParts() {
        Topology topology = IntakeTopology.build(
                Configs.read("intake: {duplicates: {window: 10 min}, sources: [{" + CHATS + ", task: triage}]}")
                        .intake(),
                TOPICS,
                codecs,
                () -> NOW,
                new Refusals());
        try (TopologyRun run = new TopologyRun(topology)) {
            String event = "{\"id\":\"c\",\"messages\":[{\"body\":\"1\"},{\"body\":\"2\"}]}";
            String longer = "{\"id\":\"c\",\"messages\":[{\"body\":\"1\"},{\"body\":\"2\"},{\"body\":\"3\"}]}";
            run.pipe("chats", new TestRecord<>(null, bytes(event), headers(), STAMP));
            run.pipe("chats", new TestRecord<>(null, bytes(longer), headers(), STAMP));

            assertThat(texts(run)).containsExactly("c#0 1", "c#1 2", "c#2 3");
            assertThat(run.all("forebay.rejections"))
                    .extracting(record -> TopologyRun.header(record, "forebay-code"))
                    .containsExactly("duplicate", "duplicate");
        }
    }

    private Intake intake(String more) {
        return Intakes.within("", "{" + CHATS + ", " + more + "}", codecs);
    }

    private Topology topology(Refusals refusals) {
        return IntakeTopology.build(
                Configs.read("intake: {sources: [{" + CHATS + ", task: triage}]}")
                        .intake(),
                TOPICS,
                codecs,
                () -> NOW,
                refusals);
    }

    private static List<String> outcomes(Intake intake, byte[] value) {
        return Intakes.outcomes(intake.take(Events.of(value), NOW));
    }

    private List<String> texts(TopologyRun run) {
        return run.all("forebay.work").stream()
                .map(record -> TopologyRun.decoded(codecs.of(TOPICS.work(), Request.class), record.value()))
                .map(request -> request.getRequestId() + " " + request.getText())
                .toList();
    }

    private List<DeadLetter> letters(TopologyRun run) {
        return run.all("forebay.dead-letters").stream()
                .map(record -> TopologyRun.decoded(codecs.of(TOPICS.deadLetters(), DeadLetter.class), record.value()))
                .toList();
    }

    private static List<String> texts(DeadLetter letter) {
        return letter.getHeaders().stream().map(EachTest::text).toList();
    }

    private static String text(HeaderEntry header) {
        return header.getName() + "="
                + StandardCharsets.UTF_8.decode(header.getValue().duplicate());
    }

    private static RecordHeaders headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], bytes(namesAndValues[i + 1]));
        }
        return headers;
    }
}
