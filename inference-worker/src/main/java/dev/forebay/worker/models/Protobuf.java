package dev.forebay.worker.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A forward reader over one protobuf message. Every read is bounded by the message it stands in, so damaged bytes end in
 * a {@link ModelFileException} and never in a loop or a large allocation. Wire format: protobuf.dev, "Encoding".
 */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_TEXT = 1 << 16;

    private final String file;
    private final ByteBuffer bytes;
    private int field;
    private int wire;

    Protobuf(String file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Steps to the next field; every field has to be read or skipped before the next step. */
    boolean next() throws ModelFileException {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wire = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw damaged("a field with the number " + (tag >>> 3));
        }
        return true;
    }

    int field() {
        return field;
    }

    /** An integer or enum field. */
    long number() throws ModelFileException {
        expect(VARINT);
        return varint();
    }

    String text() throws ModelFileException {
        ByteBuffer text = block();
        if (text.remaining() > MAX_TEXT) {
            throw damaged("a name of " + text.remaining() + " bytes");
        }
        return StandardCharsets.UTF_8.decode(text).toString();
    }

    Protobuf message() throws ModelFileException {
        return new Protobuf(file, block());
    }

    /** A bytes field, shared with the file and not copied. */
    ByteBuffer block() throws ModelFileException {
        expect(LENGTH);
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw damaged("a part of " + length + " bytes where " + bytes.remaining() + " are left");
        }
        ByteBuffer block = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return block;
    }

    /** A repeated integer, packed or one by one. */
    void numbers(LongSink sink) throws ModelFileException {
        if (wire == VARINT) {
            sink.accept(varint());
            return;
        }
        Protobuf packed = message();
        while (packed.bytes.hasRemaining()) {
            sink.accept(packed.varint());
        }
    }

    void skip() throws ModelFileException {
        switch (wire) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case LENGTH -> block();
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw damaged("wire type " + wire);
        }
    }

    ModelFileException damaged(String found) {
        return new ModelFileException(
                file, "not a readable ONNX model: " + found + "; the file is damaged or of another kind");
    }

    private void expect(int type) throws ModelFileException {
        if (wire != type) {
            throw damaged("wire type " + wire + " in field " + field + " where " + type + " belongs");
        }
    }

    private void advance(int count) throws ModelFileException {
        if (count > bytes.remaining()) {
            throw damaged("it ends in the middle of a field");
        }
        bytes.position(bytes.position() + count);
    }

    private long varint() throws ModelFileException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw damaged("it ends in the middle of a number");
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("a number of more than 10 bytes");
    }

    /** Takes the values of a repeated field as they are read. */
    interface LongSink {
        void accept(long value) throws ModelFileException;
    }
}
