package dev.forebay.schemas.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Changes bytes by chance and by what decoders trip over: cuts, flipped bits, another magic byte or schema id, varints and
 * numbers too long, deep nesting, open quotes, text that is no UTF-8, and pieces between two like bytes doubled, which
 * gives an object the same key twice.
 */
public final class Mutations {
    private static final int MAGIC_AND_ID = 5;
    private static final int MOST_CHANGES = 3;
    private static final List<byte[]> PIECES = List.of(
            new byte[] {-1, -1, -1, -1, 15}, // the longest 32-bit varint
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, // Long.MIN_VALUE, zigzag
            new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1}, // Long.MAX_VALUE, zigzag
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, // a varint without an end
            new byte[] {0},
            new byte[] {(byte) 0xc0, (byte) 0x80}, // an overlong NUL
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half of a surrogate pair
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, // a byte order mark
            utf8("[".repeat(100)),
            utf8("{\"a\":".repeat(100)),
            utf8("9".repeat(2000)),
            utf8("1e999999999"),
            utf8("null"),
            utf8("\"\\ud800\""),
            utf8("\\ud800"),
            utf8("\"type\":\"embedding\","),
            utf8(","),
            utf8("\""),
            utf8("\"\"\""),
            utf8("\r"),
            utf8("\n"));

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /** A copy with one to three changes. */
    public byte[] of(byte[] original) {
        byte[] bytes = original.clone();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, Math.max(0, at - 1));
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, at, piece());
            case 3 -> joined(bytes, at, to, piece());
            case 4 -> joined(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 5 -> joined(bytes, at, at, noise());
            case 6 -> doubled(bytes, at);
            default -> reheaded(bytes);
        };
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (bytes.length > 0) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** What stands from a byte to the next one that is the same, twice: a member of an object, a field of a row. */
    private static byte[] doubled(byte[] bytes, int from) {
        for (int to = from + 1; to < bytes.length; to++) {
            if (bytes[to] == bytes[from]) {
                return joined(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            }
        }
        return bytes;
    }

    private byte[] reheaded(byte[] bytes) {
        int at = random.nextInt(MAGIC_AND_ID);
        if (at < bytes.length) {
            bytes[at] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** The bytes with those between two positions replaced. */
    private static byte[] joined(byte[] original, int from, int to, byte[] piece) {
        byte[] bytes = Arrays.copyOf(original, from + piece.length + original.length - to);
        System.arraycopy(piece, 0, bytes, from, piece.length);
        System.arraycopy(original, to, bytes, from + piece.length, original.length - to);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
