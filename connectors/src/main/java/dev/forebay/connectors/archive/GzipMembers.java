package dev.forebay.connectors.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The text of a gzip file, RFC 1952, all of its members. Unlike the JDK's stream, which takes damage after the first
 * member for the end of the file, this one reports everything that it cannot read.
 */
final class GzipMembers extends InputStream {
    private static final int BLOCK = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int KNOWN_FLAGS = 31;

    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[BLOCK];
    private int inBlock;
    private boolean ended;

    GzipMembers(InputStream in) throws IOException {
        this.in = new PushbackInputStream(in, BLOCK);
        openMember();
    }

    static boolean isMagic(int first, int second) {
        return first == 0x1f && second == 0x8b;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int inflated = inflate(to, offset, length);
            if (inflated > 0) {
                crc.update(to, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                closeMember();
            } else {
                feed();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] to, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(to, offset, length);
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private void feed() throws IOException {
        inBlock = in.read(block, 0, block.length);
        if (inBlock < 0) {
            throw cutShort();
        }
        inflater.setInput(block, 0, inBlock);
    }

    /** Checks what the member says of itself, then goes on to the next one or to the end of the file. */
    private void closeMember() throws IOException {
        int unread = inflater.getRemaining();
        in.unread(block, inBlock - unread, unread);
        long checksum = littleEndian(4);
        long size = littleEndian(4);
        if (checksum != crc.getValue()) {
            throw damaged("its checksum does not fit its content");
        }
        if (size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged("its size does not fit its content");
        }
        int next = in.read();
        while (next == 0) { // padding, as tapes and some writers leave it
            next = in.read();
        }
        if (next < 0) {
            ended = true;
            return;
        }
        in.unread(next);
        inflater.reset();
        crc.reset();
        inBlock = 0;
        openMember();
    }

    private void openMember() throws IOException {
        if (!isMagic(required(), required())) {
            throw damaged("after a whole member comes something else");
        }
        if (required() != 8) {
            throw damaged("its compression method is unknown");
        }
        int flags = required();
        if (flags > KNOWN_FLAGS) {
            throw damaged("it has flags that are not known");
        }
        pass(6); // time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            pass(littleEndian(2));
        }
        if ((flags & NAME) != 0) {
            passText();
        }
        if ((flags & COMMENT) != 0) {
            passText();
        }
        if ((flags & HEADER_CRC) != 0) {
            pass(2);
        }
    }

    private long littleEndian(int count) throws IOException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) required() << (8 * i);
        }
        return value;
    }

    private void pass(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            required();
        }
    }

    private void passText() throws IOException {
        int b = required();
        while (b != 0) {
            b = required();
        }
    }

    private int required() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw cutShort();
        }
        return b;
    }

    private static EOFException cutShort() {
        return new EOFException("the gzip data ends too early; get a whole copy of the file");
    }

    private static ZipException damaged(String how) {
        return new ZipException("the gzip data is damaged (" + how + "); get a whole copy of the file");
    }
}
