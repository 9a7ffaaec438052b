package dev.forebay.processors.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.processors.event.Event.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No handler may let a record pass by: not with a dead letter of Streams' own, and not by its retry that nobody sees. */
class HandlersTest {
    private static final ErrorHandlerContext CONTEXT = new DefaultErrorHandlerContext(
            null, "t", 0, 1, new RecordHeaders(), "node", new TaskId(0, 0), 0, null, null);

    private final Refusals refusals = new Refusals();

    static List<Exception> faults() {
        return List.of(
                new IllegalStateException("a bug"),
                new TimeoutException("no broker"),
                new NotEnoughReplicasException("one is down"),
                new RecordTooLargeException("1 MiB"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void readingAndProcessingFail(Exception fault) {
        FailingHandler handler = new FailingHandler();

        var read = handler.handleError(CONTEXT, new ConsumerRecord<>("t", 0, 1, new byte[0], new byte[0]), fault);
        var processed = handler.handleError(CONTEXT, new Record<>("k", "v", 0), fault);

        assertThat(read.result()).isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        assertThat(read.deadLetterQueueRecords()).isEmpty();
        assertThat(processed.result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(processed.deadLetterQueueRecords()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void writingFails(Exception fault) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("work", new byte[0], new byte[1]);

        var sent = handler().handleError(CONTEXT, record, fault);
        var serialized = handler().handleSerializationError(CONTEXT, record, fault, SerializationExceptionOrigin.VALUE);

        assertThat(List.of(sent.result(), serialized.result())).containsOnly(ProductionExceptionHandler.Result.FAIL);
        assertThat(sent.deadLetterQueueRecords()).isEmpty();
        assertThat(serialized.deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void onlyWhatIsTooLargeIsNoted() {
        Position event = new Position("events", 3, 4);
        byte[] value = new byte[9];
        refusals.departed(value, event, 0, new Thread());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("work", new byte[0], value);

        handler().handleError(CONTEXT, record, new TimeoutException("no broker"));
        Optional<Refusals.Refusal> atFirst = refusals.of(event, 0);
        handler().handleError(CONTEXT, record, new RecordTooLargeException("8 bytes"));

        assertThat(atFirst).isEmpty();
        assertThat(refusals.of(event, 0)).contains(new Refusals.Refusal("work", 9));
    }

    @Test
    void handlerWithoutAPlaceForItsNotesDoesNotStart() {
        assertThatThrownBy(() -> new RefusalHandler().configure(Map.of())).isInstanceOf(ConfigException.class);
    }

    private RefusalHandler handler() {
        RefusalHandler handler = new RefusalHandler();
        handler.configure(Map.of(RefusalHandler.REFUSALS, refusals));
        return handler;
    }
}
