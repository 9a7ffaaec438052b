package dev.forebay.worker.djl;

import dev.forebay.worker.infer.Tokens;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A batch as the engine reads it: rows of one length, padded with zeros to a multiple of 8 so that few shapes occur.
 *
 * @param ids int64, native byte order, [rows, length]
 * @param mask the same shape; 1 for a token, 0 for padding
 */
record PaddedBatch(ByteBuffer ids, ByteBuffer mask, int rows, int length) {
    private static final int STEP = 8;

    /** @param window the longest length there is */
    static PaddedBatch of(List<Tokens> batch, int window) {
        int longest = batch.stream().mapToInt(Tokens::count).max().orElse(0);
        int length = Math.min(window, (longest + STEP - 1) / STEP * STEP);
        ByteBuffer ids = allocate(batch.size(), length);
        ByteBuffer mask = allocate(batch.size(), length);
        for (int row = 0; row < batch.size(); row++) {
            long[] tokens = batch.get(row).ids();
            int start = row * length * Long.BYTES;
            for (int i = 0; i < tokens.length; i++) {
                ids.putLong(start + i * Long.BYTES, tokens[i]);
                mask.putLong(start + i * Long.BYTES, 1L);
            }
        }
        return new PaddedBatch(ids, mask, batch.size(), length);
    }

    private static ByteBuffer allocate(int rows, int length) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(rows, length * Long.BYTES))
                .order(ByteOrder.nativeOrder());
    }
}
