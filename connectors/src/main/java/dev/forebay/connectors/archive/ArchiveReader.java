package dev.forebay.connectors.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive record by record, holding at most one record of the limit's size and some buffers. It divides and
 * never judges: invalid UTF-8, malformed JSON and unclosed quotes go out as the bytes they are, and an empty line is a
 * record of no bytes. Not for use by several threads.
 */
public final class ArchiveReader implements AutoCloseable {
    /** How much of a record above the limit is kept, in bytes; the limit itself where that is lower. */
    public static final int CUT_BYTES = 4096;

    /** A carriage return and a line feed: what has to be seen behind the longest record that is not cut. */
    private static final int LINE_END_BYTES = 2;

    static final int LARGEST_LIMIT = 1 << 29;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int TOO_LONG = -1;

    private final ByteWindow window;
    private final int maxRecordBytes;
    private final @Nullable CsvFraming csv;
    private byte[] csvHeader = {};
    private ArchivePosition position;

    private ArchiveReader(InputStream in, ArchiveFormat format, int maxRecordBytes, ArchivePosition position) {
        this.window = new ByteWindow(in, maxRecordBytes + LINE_END_BYTES);
        this.maxRecordBytes = maxRecordBytes;
        this.csv = format == ArchiveFormat.CSV ? new CsvFraming(window, maxRecordBytes) : null;
        this.position = position;
    }

    /** Opens a file at its first record. Whether it is compressed is seen from its first bytes, not from its name. */
    public static ArchiveReader open(Path file, ArchiveFormat format, int maxRecordBytes) throws IOException {
        if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_LIMIT) {
            throw new IllegalArgumentException(
                    "max record bytes is " + maxRecordBytes + "; it has to be from 1 to " + LARGEST_LIMIT);
        }
        return fromStart(ArchiveBytes.of(file), format, maxRecordBytes);
    }

    /**
     * Opens a file at a position that {@link ArchiveRecord#next()} gave: the records from there on are the same.
     *
     * @throws IOException also where the file is not the same and no record can start there
     */
    public static ArchiveReader open(Path file, ArchiveFormat format, int maxRecordBytes, ArchivePosition from)
            throws IOException {
        ArchiveReader first = open(file, format, maxRecordBytes);
        if (from.offset() <= first.position.offset()) {
            return first;
        }
        first.close();
        InputStream in = ArchiveBytes.of(file, from.offset());
        ArchiveReader reader = new ArchiveReader(in, format, maxRecordBytes, from);
        reader.csvHeader = first.csvHeader;
        return reader;
    }

    static ArchiveReader fromStart(InputStream in, ArchiveFormat format, int maxRecordBytes) throws IOException {
        ArchiveReader reader = new ArchiveReader(in, format, maxRecordBytes, ArchivePosition.START);
        try {
            reader.passHead();
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** The bytes of the CSV header without the line end; none for the other formats and for an empty file. */
    public byte[] csvHeader() {
        return csvHeader.clone();
    }

    /** Where the next record starts. */
    public ArchivePosition position() {
        return position;
    }

    /** The next record, or null at the end of the file. */
    public @Nullable ArchiveRecord next() throws IOException {
        if (window.size() == 0 && !window.more()) {
            return null;
        }
        if (csv != null) {
            int end = csv.recordEnd();
            if (end != CsvFraming.BROKEN && sizeBefore(end) <= maxRecordBytes) {
                return recordOf(window.copy(sizeBefore(end)), end, csv.lines());
            }
        }
        int end = lineEnd();
        if (end == TOO_LONG || sizeBefore(end) > maxRecordBytes) {
            return cutLine();
        }
        return recordOf(window.copy(sizeBefore(end)), end, 1);
    }

    private ArchiveRecord recordOf(byte[] bytes, int end, int lines) {
        int consumed = end < window.size() ? end + 1 : end;
        window.pass(consumed);
        return passed(bytes, bytes.length, consumed, lines);
    }

    private ArchiveRecord passed(byte[] bytes, long size, long consumed, int lines) {
        ArchivePosition here = position;
        position = here.afterRecord(consumed, lines);
        return new ArchiveRecord(bytes, here.line(), here.record(), position, size);
    }

    /** The distance to the line feed that ends the line, or to the end of the file. */
    private int lineEnd() throws IOException {
        int scanned = 0;
        while (true) {
            int feed = window.lineFeed(scanned);
            if (feed >= 0) {
                return feed;
            }
            scanned = window.size();
            if (scanned >= maxRecordBytes + LINE_END_BYTES) {
                return TOO_LONG;
            }
            if (!window.more()) {
                return scanned;
            }
        }
    }

    /** Keeps the beginning of a line, then goes through the rest of it block by block. */
    private ArchiveRecord cutLine() throws IOException {
        byte[] head = window.copy(Math.min(CUT_BYTES, maxRecordBytes));
        long before = 0;
        boolean returned = false;
        while (true) {
            int feed = window.lineFeed(0);
            if (feed >= 0) {
                returned = feed == 0 ? returned : window.at(feed - 1) == '\r';
                window.pass(feed + 1);
                long consumed = before + feed + 1;
                return passed(head, consumed - (returned ? 2 : 1), consumed, 1);
            }
            before += window.size();
            returned = window.at(window.size() - 1) == '\r';
            window.pass(window.size());
            if (!window.more()) {
                return passed(head, before, before, 1);
            }
        }
    }

    /** The size of what lies before a line feed or the end of the file, without the carriage return of a line end. */
    private int sizeBefore(int end) {
        boolean returned = end > 0 && end < window.size() && window.at(end - 1) == '\r';
        return returned ? end - 1 : end;
    }

    private void passHead() throws IOException {
        boolean more = true;
        while (more && window.size() < BYTE_ORDER_MARK.length) {
            more = window.more();
        }
        if (window.startsWith(BYTE_ORDER_MARK)) {
            window.pass(BYTE_ORDER_MARK.length);
            position = new ArchivePosition(BYTE_ORDER_MARK.length, 1, 0);
        }
        ArchiveRecord header = csv == null ? null : next();
        if (header == null) {
            return;
        }
        if (header.cut()) {
            throw new IOException("the CSV header has " + header.size() + " bytes, more than the " + maxRecordBytes
                    + " that a record may have; is it a CSV file with a header line?");
        }
        csvHeader = header.bytes();
        ArchivePosition end = header.next();
        position = new ArchivePosition(end.offset(), end.line(), 0);
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
