package dev.forebay.worker.infer;

/**
 * The token ids of one text, special tokens included.
 *
 * @param truncated true where the text was longer than the model's window and its end was cut
 */
@SuppressWarnings("ArrayRecordComponent") // owned by one item; never compared
public record Tokens(long[] ids, boolean truncated) {
    public int count() {
        return ids.length;
    }
}
