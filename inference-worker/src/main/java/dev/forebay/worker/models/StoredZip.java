package dev.forebay.worker.models;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of stored entries whose data start on 64-byte boundaries, which is what libtorch expects of its archives. The
 * same entries give the same bytes on every machine.
 */
final class StoredZip implements AutoCloseable {
    static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    // the first moment of 1980 is kept as a second, longer time field that depends on the time zone
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Counting counting;
    private final ZipOutputStream zip;
    private final String root;

    /** @param root the folder that all entries go into */
    StoredZip(OutputStream out, String root) {
        this.counting = new Counting(new BufferedOutputStream(out, 1 << 20));
        this.zip = new ZipOutputStream(counting);
        this.root = root;
    }

    void put(String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(root + "/" + name);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCompressedSize(data.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        zip.flush();
        entry.setExtra(
                padding(counting.count + LOCAL_HEADER + entry.getName().getBytes(StandardCharsets.UTF_8).length));
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }

    /** An extra field that moves data which would start at {@code position} to the next boundary. */
    private static byte[] padding(long position) {
        int length = Math.floorMod(-(position + EXTRA_HEADER), ALIGNMENT);
        byte[] extra = new byte[EXTRA_HEADER + length];
        extra[0] = 'F';
        extra[1] = 'B';
        extra[2] = (byte) length;
        return extra;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
