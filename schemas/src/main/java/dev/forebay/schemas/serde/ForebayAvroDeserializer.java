package dev.forebay.schemas.serde;

import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.NoRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Confluent wire format, for consumers of your own. With {@code specific.avro.reader: true} records become
 * instances of the generated class that the writer's schema names, else generic records.
 */
public final class ForebayAvroDeserializer implements Deserializer<Object> {
    private static final String SPECIFIC = "specific.avro.reader";

    private AvroReader<? extends IndexedRecord> reader;

    /** For Kafka, which calls {@link #configure} next. */
    public ForebayAvroDeserializer() {
        this(new NoRegistry(), false);
    }

    public ForebayAvroDeserializer(SchemaRegistry registry, boolean specific) {
        this.reader = reader(registry, specific);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        boolean specific = Boolean.parseBoolean(String.valueOf(configs.get(SPECIFIC)));
        reader = reader(HttpSchemaRegistry.of(RegistryConfig.fromClient(configs)), specific);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : value(reader.read(data));
    }

    private static <T> T value(Decoded<T> decoded) {
        return decoded.fold(Decoded.Good::value, bad -> {
            throw new SerializationException(bad.code().code() + ": " + bad.message());
        });
    }

    private static AvroReader<? extends IndexedRecord> reader(SchemaRegistry registry, boolean specific) {
        return specific
                ? new AvroReader<SpecificRecord>(registry, ForebayAvroDeserializer::generated)
                : new AvroReader<>(registry, Resolution::asWritten);
    }

    private static Resolution<SpecificRecord> generated(Schema writer) {
        try {
            Class<?> type = SpecificData.get().getClass(writer);
            if (type != null && SpecificRecord.class.isAssignableFrom(type)) {
                SpecificData model = SpecificData.getForClass(type);
                return Resolution.as(model.getSchema(type), model, writer);
            }
            return new Resolution<>(null, "there is no generated class " + writer.getFullName());
        } catch (SecurityException e) {
            return new Resolution<>(
                    null,
                    "Avro does not trust " + writer.getFullName() + "; see org.apache.avro.SERIALIZABLE_PACKAGES");
        }
    }
}
