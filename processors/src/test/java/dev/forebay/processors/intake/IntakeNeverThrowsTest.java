package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.EventHeader;
import dev.forebay.processors.event.Events;
import dev.forebay.schemas.Headers;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.fuzz.Fuzz;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Rejection;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Seeded mutations of events of every format: each becomes a request or a refusal, and what it becomes can be written, in
 * either format, and read again as the same.
 */
final class IntakeNeverThrowsTest {
    private static final long SEED = 3;
    private static final Schema TICKET = SchemaBuilder.record("Ticket")
            .fields()
            .requiredString("body")
            .requiredInt("number")
            .name("tags")
            .type(Schema.createMap(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .endRecord();

    private final MemoryRegistry registry = new MemoryRegistry();
    private final Codecs codecs = Codecs.over(registry);
    private final List<Codec<Request>> requests = codecs(Request.class);
    private final List<Codec<Rejection>> rejections = codecs(Rejection.class);
    private final List<Codec<DeadLetter>> deadLetters = codecs(DeadLetter.class);

    private enum Kind {
        JSON,
        CSV,
        TEXT,
        AVRO,
        JSON_IN_PARTS,
        CLOUD_EVENT,
        CLOUD_EVENT_IN_HEADERS,
        REQUEST_IN_AVRO,
        REQUEST_IN_JSON
    }

    @ParameterizedTest
    @EnumSource
    void mutatedEventsAreARequestOrARefusal(Kind kind) {
        Intake intake = intake(kind);
        byte[] example = example(kind);
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        Fuzz.run(SEED, List.of(example), (which, bytes) -> {
            Event event = event(kind, bytes);
            Taken taken = intake.take(event, NOW);
            EventLetters letters = new EventLetters(taken, event, NOW);
            taken.admissions()
                    .forEach(admission -> admission.fold(
                            request -> {
                                assertWritable(request.request(), requests);
                                return admitted.incrementAndGet();
                            },
                            refusal -> {
                                assertWritable(rejection(refusal), rejections);
                                assertWritable(letters.of(refusal, false), deadLetters);
                                return refused.incrementAndGet();
                            }));
        });

        assertThat(admitted).as("mutations that do no harm").hasPositiveValue();
        assertThat(refused).as("mutations that do").hasPositiveValue();
    }

    private <T extends SpecificRecord> List<Codec<T>> codecs(Class<T> type) {
        return Stream.of(TopicFormat.values())
                .map(format -> codecs.of(new Topics.Topic("any", format), type))
                .toList();
    }

    private static <T extends SpecificRecord> void assertWritable(T record, List<Codec<T>> formats) {
        for (Codec<T> codec : formats) {
            T read = codec.decode(codec.encode(record)).fold(good -> good.value(), bad -> {
                throw new AssertionError(codec + ": " + bad.message());
            });
            if (!read.equals(record)) {
                throw new AssertionError(codec + ": it was written as something else");
            }
        }
    }

    private static Rejection rejection(Admission.Refused refused) {
        Envelope envelope = refused.envelope();
        return new Rejection(
                envelope.requestId(),
                envelope.task(),
                envelope.tenant(),
                refused.reason().code().code(),
                refused.reason().message(),
                "intake",
                envelope.attributes(),
                envelope.issuedAt(),
                NOW,
                null);
    }

    private static Event event(Kind kind, byte[] bytes) {
        return switch (kind) {
            case CLOUD_EVENT -> Events.of(bytes, "content-type", "application/cloudevents+json");
            case CLOUD_EVENT_IN_HEADERS -> {
                // What is mutated are the headers.
                List<EventHeader> headers = new ArrayList<>();
                for (String name : List.of("ce_id", "ce_subject", "ce_time", Headers.PARTS)) {
                    headers.add(new EventHeader(name, bytes));
                }
                Event whole = Events.of("[{}]", "ce_specversion", "1.0", "ce_source", "/s", "ce_type", "t");
                headers.addAll(whole.headers());
                yield new Event(whole.position(), whole.timestamp(), null, whole.value(), headers);
            }
            default -> Events.of(bytes);
        };
    }

    private Intake intake(Kind kind) {
        String source =
                switch (kind) {
                    case JSON -> "format: json, text: /text, id: /id, attributes: {customer: /customer}";
                    case CSV ->
                        "format: csv, columns: [id, text, label], text: text, id: id, attributes: {category: label}";
                    case TEXT -> "format: text";
                    case AVRO -> "format: avro, text: body, id: number, attributes: {customer: tags.customer}";
                    case JSON_IN_PARTS ->
                        "format: json, each: /list, template: '{/text} {/n?}', id: /id, of-event: {customer: /customer},"
                                + " tenant-from: /tenant, task-from: {at: /kind, tasks: {a: triage, b: digest}}";
                    case CLOUD_EVENT -> "format: json, text: /text, cloudevents: true, task: [triage, digest]";
                    case CLOUD_EVENT_IN_HEADERS -> "format: json, template: 'a{/0/b?}', cloudevents: true";
                    case REQUEST_IN_AVRO -> "format: request, encoding: avro";
                    case REQUEST_IN_JSON -> "format: request, encoding: json";
                };
        return source.contains("request")
                ? Intakes.within("", "{topic: events, " + source + "}", codecs)
                : Intakes.of(source, codecs);
    }

    private byte[] example(Kind kind) {
        return switch (kind) {
            case JSON ->
                bytes("{\"id\":\"f-1\",\"text\":\"Où est ma carte?\",\"customer\":{\"name\":\"Ann\",\"n\":7}}");
            case CSV -> bytes("7,\"I said \"\"no\"\",\r\ntwice\",card\r\n");
            case TEXT -> bytes("Où est ma carte? 💳");
            case AVRO -> ticket();
            case JSON_IN_PARTS ->
                bytes(
                        "{\"id\":\"e\",\"tenant\":\"acme\",\"customer\":\"Ann\",\"list\":[{\"text\":\"Où?\",\"kind\":\"a\","
                                + "\"n\":7},{\"text\":\"no\",\"kind\":\"b\"}]}");
            case CLOUD_EVENT ->
                bytes("{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\"u\","
                        + "\"time\":\"2026-11-24T11:00:00Z\",\"data\":{\"text\":\"Hello\"}}");
            case CLOUD_EVENT_IN_HEADERS -> bytes("2026-11-24T11:00:00.123+01:00");
            case REQUEST_IN_AVRO -> codec(TopicFormat.AVRO).encode(request());
            case REQUEST_IN_JSON -> codec(TopicFormat.JSON).encode(request());
        };
    }

    private Codec<Request> codec(TopicFormat format) {
        return codecs.of(new Topics.Topic("requests", format), Request.class);
    }

    private static Request request() {
        return new Request(
                "r-1", "triage", "acme", "Where is my card?", Map.of("a", "b", "c", "d"), Lane.BULK, NOW, null);
    }

    private byte[] ticket() {
        GenericData.Record ticket = new GenericData.Record(TICKET);
        ticket.put("body", "Where is my card?");
        ticket.put("number", 17);
        ticket.put("tags", new HashMap<>(Map.of("customer", "c-1")));
        return WireBytes.of(registry, "tickets-value", ticket);
    }
}
