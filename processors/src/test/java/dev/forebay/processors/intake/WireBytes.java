package dev.forebay.processors.intake;

import dev.forebay.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Foreign Avro in the Confluent wire format, written without our own codecs. */
final class WireBytes {
    private WireBytes() {}

    static byte[] of(SchemaRegistry registry, String subject, GenericRecord record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int id = registry.idOf(subject, record.getSchema());
            out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
