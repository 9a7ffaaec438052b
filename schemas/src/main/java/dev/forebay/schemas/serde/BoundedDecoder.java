package dev.forebay.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * A binary decoder that refuses collections which declare more elements than the bytes can hold. An element of no bytes
 * (a null, a record without fields) would else cost memory and time that no input paid for.
 */
final class BoundedDecoder extends Decoder {
    /** Elements of zero bytes that a whole datum may have. */
    private static final long FREE_ELEMENTS = 10_000;

    private final BinaryDecoder bytes;
    private long elementsLeft;

    BoundedDecoder(byte[] buffer, int offset) {
        int length = buffer.length - offset;
        this.bytes = DecoderFactory.get().binaryDecoder(buffer, offset, length, null);
        this.elementsLeft = length + FREE_ELEMENTS;
    }

    boolean isEnd() throws IOException {
        return bytes.isEnd();
    }

    private long elements(long count) {
        // INVARIANT: every element of at least one byte is paid for by a byte, at whatever depth it stands
        if (count < 0 || count > elementsLeft) {
            throw new AvroRuntimeException("a collection declares more elements than there are bytes");
        }
        elementsLeft -= count;
        return count;
    }

    @Override
    public long readArrayStart() throws IOException {
        return elements(bytes.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return elements(bytes.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return elements(bytes.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return elements(bytes.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return elements(bytes.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return elements(bytes.skipMap());
    }

    @Override
    public int remainingBytes() {
        return bytes.remainingBytes();
    }

    @Override
    public void readNull() throws IOException {
        bytes.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return bytes.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return bytes.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return bytes.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return bytes.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return bytes.readString(old);
    }

    @Override
    public String readString() throws IOException {
        return bytes.readString();
    }

    @Override
    public void skipString() throws IOException {
        bytes.skipString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return bytes.readBytes(old);
    }

    @Override
    public void skipBytes() throws IOException {
        bytes.skipBytes();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        bytes.readFixed(target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        bytes.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return bytes.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return bytes.readIndex();
    }
}
