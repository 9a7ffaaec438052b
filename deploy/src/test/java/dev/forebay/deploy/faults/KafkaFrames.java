package dev.forebay.deploy.faults;

import java.nio.ByteBuffer;
import java.util.Set;

/** Finds Kafka requests of certain kinds in a stream of bytes: each begins with its size, then its API key. */
final class KafkaFrames {
    private static final int HEAD = 6;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD);
    private int left;

    /**
     * Looks through bytes that were not looked at before, up to the first request that is held; that one is found again by
     * the next call with the bytes from there on.
     *
     * @param held API keys
     * @return how many bytes may pass
     */
    int passable(ByteBuffer bytes, Set<Short> held) {
        int index = bytes.position();
        while (index < bytes.limit()) {
            if (left > 0) {
                int skipped = Math.min(left, bytes.limit() - index);
                left -= skipped;
                index += skipped;
                continue;
            }
            head.put(bytes.get(index));
            if (!head.hasRemaining()) {
                if (held.contains(head.getShort(4))) {
                    head.position(HEAD - 1); // its last byte comes again
                    return index - bytes.position();
                }
                left = head.getInt(0) - 2;
                head.clear();
            }
            index++;
        }
        return index - bytes.position();
    }
}
