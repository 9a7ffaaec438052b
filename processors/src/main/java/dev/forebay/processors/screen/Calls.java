package dev.forebay.processors.screen;

import java.util.Map;

/**
 * Tells in one pass which pieces a text has of those that rules cannot do without, so that a rule is tried only where it may
 * match. A piece is a run of ASCII letters and digits, or any other char by itself. None is missed; one that is not there
 * may be told, where another has the same hash.
 */
final class Calls {
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    /** Of an ASCII char that is part of a piece, itself in lower case; 0 of any other. */
    private static final byte[] PARTS = parts();

    private static final int LONGEST_TOLD_APART = Long.SIZE - 1;

    private final boolean empty;
    /** Of all pieces that begin with a char, the lengths, as bits: tells most words without their hash. */
    private final long[] lengths = new long[PARTS.length];

    /** Open addressing, at most half full; a slot without marks is free. */
    private final int[] hashes;

    private final long[] marks;
    private final int shift;

    private Calls(int pieces) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * pieces + 1);
        this.empty = pieces == 0;
        this.hashes = new int[1 << bits];
        this.marks = new long[1 << bits];
        this.shift = Integer.SIZE - bits;
    }

    /** @param marks by piece, in lower case, bits of which at least one is set */
    static Calls of(Map<String, Long> marks) {
        Calls calls = new Calls(marks.size());
        marks.forEach((piece, bits) -> {
            int slot = calls.slot(piece.hashCode());
            calls.hashes[slot] = piece.hashCode();
            calls.marks[slot] |= bits;
            if (piece.charAt(0) < PARTS.length) {
                calls.lengths[piece.charAt(0)] |= length(piece.length());
            }
        });
        return calls;
    }

    boolean isEmpty() {
        return empty;
    }

    /**
     * The marks of all pieces of a text.
     *
     * @param text folded, or in ASCII, of which folding changes no piece but in case
     */
    long in(String text) {
        long found = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (part(c) == 0) {
                found |= (start < i ? of(text, start, i) : 0) | (c > ' ' ? of(c) : 0);
                start = i + 1;
            }
        }
        return start < text.length() ? found | of(text, start, text.length()) : found;
    }

    /** The longest piece of a word, which is the rarest as a rule; the first of several. */
    static String longest(String word) {
        String longest = "";
        for (int start = 0; start < word.length(); ) {
            int end = start + 1;
            while (part(word.charAt(start)) != 0 && end < word.length() && part(word.charAt(end)) != 0) {
                end++;
            }
            longest = end - start > longest.length() ? word.substring(start, end) : longest;
            start = end;
        }
        return longest;
    }

    private long of(String text, int start, int end) {
        if ((lengths[part(text.charAt(start))] & length(end - start)) == 0) {
            return 0;
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            // As String.hashCode() has it.
            hash = 31 * hash + part(text.charAt(i));
        }
        return marks[slot(hash)];
    }

    private long of(char c) {
        return c < PARTS.length && lengths[c] == 0 ? 0 : marks[slot(c)];
    }

    private static long length(int length) {
        return 1L << Math.min(length, LONGEST_TOLD_APART);
    }

    /** Where a hash is, or would be. */
    private int slot(int hash) {
        int slot = (hash * GOLDEN_RATIO) >>> shift;
        while (marks[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private static int part(char c) {
        return c < PARTS.length ? PARTS[c] : 0;
    }

    private static byte[] parts() {
        byte[] parts = new byte[128];
        for (char c = '0'; c <= '9'; c++) {
            parts[c] = (byte) c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            parts[c] = (byte) c;
            parts[c - ('a' - 'A')] = (byte) c;
        }
        return parts;
    }
}
