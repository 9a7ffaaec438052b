package dev.forebay.deploy.quickstart;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Bytes put aside on disk. The file is made with the first of them and is gone when this is closed. */
final class ScratchFile implements AutoCloseable {
    private final Path path;
    private @Nullable FileChannel channel;
    private long end;

    /** Where bytes were put. */
    record Place(long offset, int length) {
        static final Place NONE = new Place(0, 0);
    }

    ScratchFile(Path path) {
        this.path = path;
    }

    Place append(byte[] bytes) throws IOException {
        FileChannel file = open();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            var unused = file.write(buffer, end + buffer.position());
        }
        Place place = new Place(end, bytes.length);
        end += bytes.length;
        return place;
    }

    byte[] read(Place place) throws IOException {
        FileChannel file = open();
        ByteBuffer buffer = ByteBuffer.allocate(place.length());
        while (buffer.hasRemaining()) {
            if (file.read(buffer, place.offset() + buffer.position()) < 0) {
                throw new EOFException(path + " was cut short by someone else");
            }
        }
        return buffer.array();
    }

    /** Forgets everything, so that the room is used again. */
    void clear() {
        end = 0;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private FileChannel open() throws IOException {
        FileChannel file = channel;
        if (file == null) {
            file = FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.DELETE_ON_CLOSE);
            channel = file;
        }
        return file;
    }
}
