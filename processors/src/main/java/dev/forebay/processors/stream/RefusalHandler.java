package dev.forebay.processors.stream;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails wherever a record cannot be written, and notes the event of one that is too large for its topic. It fails at a
 * broker that does not answer as well: Streams' own retry would go on for ever without anybody being told.
 */
public final class RefusalHandler implements ProductionExceptionHandler {
    /** The property that has the {@link Refusals} to note in. */
    public static final String REFUSALS = "forebay.refusals";

    private static final Logger LOG = LoggerFactory.getLogger(RefusalHandler.class);

    private @Nullable Refusals refusals;

    @Override
    public void configure(Map<String, ?> configs) {
        if (!(configs.get(REFUSALS) instanceof Refusals given)) {
            throw new ConfigException(REFUSALS, configs.get(REFUSALS), "has to be set");
        }
        refusals = given;
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception fault) {
        byte[] value = record.value();
        if (fault instanceof RecordTooLargeException && value != null) {
            Objects.requireNonNull(refusals, "handleError before configure")
                    .note(value, record.topic())
                    .ifPresent(event -> LOG.warn(
                            "record_too_large topic={} bytes={} from={}", record.topic(), value.length, event));
        }
        return Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Response handleSerializationError(
            ErrorHandlerContext context, ProducerRecord record, Exception fault, SerializationExceptionOrigin origin) {
        return Response.fail();
    }
}
