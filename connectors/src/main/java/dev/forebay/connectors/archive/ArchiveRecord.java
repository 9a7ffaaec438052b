package dev.forebay.connectors.archive;

/**
 * One record's bytes as they are in the file, without the line end, and with its place there.
 *
 * @param bytes the whole record, or its beginning where it is above the limit
 * @param line the physical line on which it starts, from 1
 * @param record its index, from 0
 * @param next where the record after it starts
 * @param size its true size in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record ArchiveRecord(byte[] bytes, long line, long record, ArchivePosition next, long size) {

    /** Whether the bytes are only the beginning of a record that is above the limit. */
    public boolean cut() {
        return size > bytes.length;
    }
}
