package dev.forebay.connectors.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the bytes of an archive, decompressed where its first two bytes are those of gzip. */
final class ArchiveBytes {
    private static final int BLOCK = 64 * 1024;

    private ArchiveBytes() {}

    static InputStream of(Path file) throws IOException {
        return open(file, 0);
    }

    /**
     * The bytes from an offset on, at which a line has to start. A plain file is not read up to there, a compressed one
     * has to be.
     *
     * @throws IOException where the file ends before that offset, or a line goes on there
     */
    static InputStream of(Path file, long offset) throws IOException {
        InputStream in = open(file, offset - 1);
        try {
            int before = in.read();
            if (before < 0) {
                throw new EOFException("the file ends before position " + offset + "; it was longer once");
            }
            if (before != '\n' && in.read() >= 0) {
                throw new IOException("no line starts at position " + offset
                        + "; the file has changed, or its last line has grown since it was read");
            }
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream open(Path file, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            InputStream in = Channels.newInputStream(channel);
            boolean compressed = GzipMembers.isMagic(in.read(), in.read());
            channel.position(compressed ? 0 : offset);
            return compressed ? passed(new GzipMembers(in), offset) : in;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static InputStream passed(InputStream in, long count) throws IOException {
        byte[] block = new byte[BLOCK];
        long left = count;
        while (left > 0) {
            int read = in.read(block, 0, (int) Math.min(left, BLOCK));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return in;
    }
}
