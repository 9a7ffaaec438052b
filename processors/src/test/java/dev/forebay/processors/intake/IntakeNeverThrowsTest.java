package dev.forebay.processors.intake;

import static dev.forebay.processors.event.Events.NOW;
import static dev.forebay.processors.event.Events.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.event.DeadLetters;
import dev.forebay.processors.event.Event;
import dev.forebay.processors.event.Events;
import dev.forebay.processors.event.Stage;
import dev.forebay.schemas.TopicFormat;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.fuzz.Fuzz;
import dev.forebay.schemas.record.DeadLetter;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codec;
import dev.forebay.schemas.serde.Codecs;
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
    private final DeadLetters letters = new DeadLetters(Stage.INTAKE);
    private final List<Codec<Request>> requests = codecs(Request.class);
    private final List<Codec<DeadLetter>> deadLetters = codecs(DeadLetter.class);

    private enum Kind {
        JSON,
        CSV,
        TEXT,
        AVRO,
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
            Event event = Events.of(bytes);
            Intakes.only(intake.take(event, NOW))
                    .fold(
                            request -> {
                                assertWritable(request.request(), requests);
                                return admitted.incrementAndGet();
                            },
                            refusal -> {
                                String id = refusal.envelope().requestId();
                                assertWritable(letters.of(event, refusal.reason(), id, NOW), deadLetters);
                                return refused.incrementAndGet();
                            });
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

    private Intake intake(Kind kind) {
        String source =
                switch (kind) {
                    case JSON -> "format: json, text: /text, id: /id, attributes: {customer: /customer}";
                    case CSV ->
                        "format: csv, columns: [id, text, label], text: text, id: id, attributes: {category: label}";
                    case TEXT -> "format: text";
                    case AVRO -> "format: avro, text: body, id: number, attributes: {customer: tags.customer}";
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
