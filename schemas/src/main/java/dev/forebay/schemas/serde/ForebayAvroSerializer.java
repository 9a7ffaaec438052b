package dev.forebay.schemas.serde;

import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.NoRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.registry.SchemaRegistry;
import dev.forebay.schemas.registry.SubjectNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in the Confluent wire format, for producers of your own. Configured by Confluent's property names, with
 * one other default: {@code auto.register.schemas} is false.
 */
public final class ForebayAvroSerializer implements Serializer<Object> {
    private final Map<Schema, Schema> published = new ConcurrentHashMap<>();
    private SchemaRegistry registry;
    private SubjectNaming naming = SubjectNaming.TOPIC_NAME;
    private boolean key;

    /** For Kafka, which calls {@link #configure} next. */
    public ForebayAvroSerializer() {
        this(new NoRegistry());
    }

    public ForebayAvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistryConfig config = RegistryConfig.fromClient(configs);
        registry = HttpSchemaRegistry.of(config);
        naming = isKey ? config.keyNaming() : config.valueNaming();
        key = isKey;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (!(data instanceof IndexedRecord record)) {
            throw new SerializationException(
                    "only Avro records can be written, not " + data.getClass().getName());
        }
        Schema schema = published.computeIfAbsent(record.getSchema(), WriterSchema::of);
        int id = registry.idOf(naming.subject(topic, schema.getFullName(), key), schema);
        return framed(id, record);
    }

    private static byte[] framed(int id, IndexedRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(id));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer(record).write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            // the cause may quote the datum
            throw new SerializationException("the record does not fit its own schema, "
                    + record.getSchema().getFullName() + " (" + e.getClass().getSimpleName() + ")");
        }
        return bytes.toByteArray();
    }

    private static GenericDatumWriter<IndexedRecord> writer(IndexedRecord record) {
        Schema schema = record.getSchema();
        return record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<>(schema, new GenericData());
    }
}
