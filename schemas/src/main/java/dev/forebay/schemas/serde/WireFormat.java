package dev.forebay.schemas.serde;

import java.nio.ByteBuffer;

/** The five bytes before an Avro datum: a zero, then the schema's id, high byte first. */
final class WireFormat {
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static boolean isFramed(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == 0;
    }

    static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(schemaId).array();
    }
}
