package dev.forebay.worker.reuse;

import dev.forebay.worker.infer.ModelDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Makes keys of the texts for one model. For one thread; make one for each.
 *
 * <p>The UTF-16 units are hashed and not an encoding of them: an encoder puts the same substitute for every lone
 * surrogate, and texts that differ would share an answer.
 */
public final class ContentHash {
    private static final int CHUNK = 4096;

    private final byte[] scope;
    private final MessageDigest sha256;
    private final char[] units = new char[CHUNK];
    private final ByteBuffer bytes = ByteBuffer.allocate(2 * CHUNK).order(ByteOrder.nativeOrder());
    private final CharBuffer unitsOfBytes = bytes.asCharBuffer();

    /** What all keys of a model have in common. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Scope(byte[] bytes) {
        private static final int SALT_BYTES = 16;

        /** A new salt for each worker: keys mean nothing outside the process, and cannot be made up in advance. */
        public static Scope of(ModelDescription model) {
            byte[] salt = new byte[SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            byte[] name = model.toString().getBytes(StandardCharsets.UTF_8);
            return new Scope(ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + name.length)
                    .put(salt)
                    .putInt(name.length)
                    .put(name)
                    .array());
        }
    }

    public ContentHash(Scope scope) {
        this.scope = scope.bytes;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public ContentKey key(String tenant, String task, String text) {
        sha256.update(scope);
        add(tenant);
        add(task);
        add(text);
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        return new ContentKey(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /** Each with its length before it, so that no two lists of fields give the same bytes. */
    private void add(String field) {
        bytes.clear().putInt(field.length());
        sha256.update(bytes.array(), 0, Integer.BYTES);
        for (int from = 0; from < field.length(); from += CHUNK) {
            int count = Math.min(CHUNK, field.length() - from);
            field.getChars(from, from + count, units, 0);
            unitsOfBytes.clear().put(units, 0, count);
            sha256.update(bytes.array(), 0, Character.BYTES * count);
        }
    }
}
