package dev.forebay.schemas.serde;

import dev.forebay.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of one generated class in the Confluent wire format. */
final class AvroCodec<T extends SpecificRecord> implements Codec<T> {
    private final SchemaRegistry registry;
    private final String subject;
    private final Schema published;
    private final SpecificDatumWriter<T> writer;
    private final AvroReader<T> reader;
    private volatile byte @Nullable [] header;

    AvroCodec(SchemaRegistry registry, String subject, Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        Schema ours = model.getSchema(type);
        this.registry = registry;
        this.subject = subject;
        this.published = WriterSchema.of(ours);
        this.writer = new SpecificDatumWriter<>(ours, model);
        this.reader = new AvroReader<>(registry, written -> Resolution.as(ours, model, written));
    }

    @Override
    public byte[] encode(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.writeBytes(header());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of one schema there is one way to read them. */
    @Override
    public byte[] encode(T value, byte[] bytes) {
        byte[] own = header();
        return Arrays.equals(bytes, 0, Math.min(own.length, bytes.length), own, 0, own.length) ? bytes : encode(value);
    }

    @Override
    public Decoded<T> decode(byte @Nullable [] bytes) {
        return reader.read(bytes);
    }

    private byte[] header() {
        byte[] known = header;
        if (known == null) {
            known = WireFormat.header(registry.idOf(subject, published));
            header = known;
        }
        return known;
    }
}
