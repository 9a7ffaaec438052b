package dev.forebay.worker.state;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Which records the engine has at this moment, in a file mapped into memory: what a process has written there outlives it
 * however it dies, because the pages are the system's. Nothing is forced to disk, so it does not outlive the machine. Any
 * thread.
 *
 * <pre>
 *  magic | process | regions, records of each | topics | topic... | region...
 *                                                                  count | record...      one region per batch that runs
 * </pre>
 */
final class InFlightJournal {
    private static final long MAGIC = 0x464f524542415901L;
    private static final int HEAD = 4 * Long.BYTES;
    private static final int TOPIC = 256;
    private static final int RECORD = 32;
    private static final Left NOTHING = new Left(0, List.of());

    private final MappedByteBuffer file;
    private final Layout layout;
    private final Queue<Region> free = new ConcurrentLinkedQueue<>();

    /**
     * What a journal has room for.
     *
     * @param regions how many batches may be in the engine at once
     * @param records how many records a batch may have
     * @param topics from which the records come
     */
    record Layout(int regions, int records, List<String> topics) {
        private int regionAt(int index) {
            return HEAD + TOPIC * topics.size() + index * (Long.BYTES + RECORD * records);
        }

        private int bytes() {
            return regionAt(regions);
        }
    }

    /** What a process left behind: the records that the engine had when it ended. */
    record Left(long pid, List<RecordIdentity> records) {}

    private InFlightJournal(MappedByteBuffer file, Layout layout) {
        this.file = file;
        this.layout = layout;
        for (int i = 0; i < layout.regions(); i++) {
            free.add(new Region(layout.regionAt(i)));
        }
    }

    /** Begins a journal in place of the one that is there. */
    static InFlightJournal begin(Path path, Layout layout, long pid) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(layout.bytes());
        image.putLong(MAGIC).putLong(pid);
        image.putInt(layout.regions())
                .putInt(layout.records())
                .putInt(layout.topics().size());
        for (int i = 0; i < layout.topics().size(); i++) {
            byte[] name = layout.topics().get(i).getBytes(StandardCharsets.UTF_8);
            image.position(HEAD + TOPIC * i).put((byte) name.length).put(name);
        }
        // Written whole: a page of a file with holes has no place on a full disk, and touching it ends the process.
        SafeFile.write(path, image.array());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new InFlightJournal(channel.map(FileChannel.MapMode.READ_WRITE, 0, layout.bytes()), layout);
        }
    }

    /** What is in a journal that somebody left; nothing where it is not one. */
    static Left read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return NOTHING;
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        if (file.remaining() < HEAD || file.getLong() != MAGIC) {
            return NOTHING;
        }
        long pid = file.getLong();
        int regions = file.getInt();
        int records = file.getInt();
        Layout layout = new Layout(regions, records, topics(file, file.getInt()));
        if (file.capacity() != layout.bytes()) {
            return NOTHING;
        }
        List<RecordIdentity> left = new ArrayList<>();
        for (int i = 0; i < regions; i++) {
            int at = layout.regionAt(i);
            int count = file.getInt(at);
            for (int n = 0; n < count; n++) {
                left.add(identity(file, at + Long.BYTES + RECORD * n, layout));
            }
        }
        return new Left(pid, left);
    }

    private static List<String> topics(ByteBuffer file, int count) {
        List<String> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[Byte.toUnsignedInt(file.get(HEAD + TOPIC * i))];
            file.get(HEAD + TOPIC * i + 1, name);
            topics.add(new String(name, StandardCharsets.UTF_8));
        }
        return topics;
    }

    private static RecordIdentity identity(ByteBuffer file, int at, Layout layout) {
        return new RecordIdentity(
                layout.topics().get(file.getInt(at)),
                file.getInt(at + 4),
                file.getLong(at + 8),
                file.getLong(at + 16),
                file.getInt(at + 24));
    }

    /**
     * The engine is about to have these.
     *
     * @return to be closed when they have come back
     */
    Region enter(List<RecordIdentity> records) {
        Region region = free.poll();
        if (region == null || records.size() > layout.records()) {
            throw new AssertionError("the journal has room for " + layout + ", and no more is ever in the engine");
        }
        region.write(records);
        return region;
    }

    /** From now on it is nobody's: what happens to the process is no record's doing any more. */
    void end() {
        file.putLong(Long.BYTES, 0);
    }

    private int topic(RecordIdentity record) {
        int index = layout.topics().indexOf(record.topic());
        if (index < 0) {
            throw new AssertionError(record.topic() + " is not read");
        }
        return index;
    }

    /** The place of one batch. */
    final class Region implements AutoCloseable {
        private final int at;

        private Region(int at) {
            this.at = at;
        }

        private void write(List<RecordIdentity> records) {
            int entry = at + Long.BYTES;
            for (RecordIdentity record : records) {
                file.putInt(entry, topic(record))
                        .putInt(entry + 4, record.partition())
                        .putLong(entry + 8, record.offset())
                        .putLong(entry + 16, record.timestamp())
                        .putInt(entry + 24, record.size());
                entry += RECORD;
            }
            // INVARIANT: the records are there before their count is, whenever the process dies.
            VarHandle.releaseFence();
            file.putInt(at, records.size());
        }

        @Override
        public void close() {
            file.putInt(at, 0);
            VarHandle.releaseFence();
            free.add(this);
        }
    }
}
