package dev.forebay.connectors.archive;

/**
 * Where a record starts, and so where reading can go on.
 *
 * @param offset bytes before it, after decompression
 * @param line its physical line, from 1
 * @param record records before it, the CSV header not counted
 */
public record ArchivePosition(long offset, long line, long record) {
    /** Before everything, a byte order mark and a CSV header included. */
    public static final ArchivePosition START = new ArchivePosition(0, 1, 0);

    public ArchivePosition {
        if (offset < 0 || line < 1 || record < 0) {
            throw new IllegalArgumentException(
                    "no such position: offset " + offset + ", line " + line + ", record " + record);
        }
    }

    ArchivePosition afterRecord(long bytes, long lines) {
        return new ArchivePosition(offset + bytes, line + lines, record + 1);
    }
}
