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

    /** Slots of the filter for each piece: of other words, one in so many is looked up. */
    private static final int SPARSE = 16;

    private final boolean empty;
    /** Open addressing, at most half full; a slot without marks is free. */
    private final int[] hashes;

    private final long[] marks;
    private final int shift;
    /** -1 where a piece may have a hash, else 0. */
    private final byte[] filter;

    private final int filterShift;
    /** Of pieces that are one ASCII char which is no part of a longer one. */
    private final long[] singles = new long[PARTS.length];

    private Calls(int pieces) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * pieces + 1);
        int filterBits = Integer.SIZE - Integer.numberOfLeadingZeros(SPARSE * pieces + 1);
        this.empty = pieces == 0;
        this.hashes = new int[1 << bits];
        this.marks = new long[1 << bits];
        this.shift = Integer.SIZE - bits;
        this.filter = new byte[1 << filterBits];
        this.filterShift = Integer.SIZE - filterBits;
    }

    /** @param marks by piece, in lower case, bits of which at least one is set */
    static Calls of(Map<String, Long> marks) {
        Calls calls = new Calls(marks.size());
        marks.forEach((piece, bits) -> {
            char first = piece.charAt(0);
            if (first < PARTS.length && part(first) == 0) {
                calls.singles[first] = bits;
                return;
            }
            int hash = piece.hashCode();
            int slot = calls.slot(hash);
            calls.hashes[slot] = hash;
            calls.marks[slot] |= bits;
            calls.filter[(hash * GOLDEN_RATIO) >>> calls.filterShift] = -1;
        });
        return calls;
    }

    boolean isEmpty() {
        return empty;
    }

    /**
     * The marks of all pieces of a text. A processor foresees no end of a word, so the loop does not branch at it, but asks the
     * filter at every char.
     *
     * @param text folded, or in ASCII, of which folding changes no piece but in case
     */
    long in(String text) {
        long found = 0;
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PARTS.length) {
                found |= of(hash) | of(c);
                hash = 0;
            } else {
                int part = PARTS[c];
                int ended = (part - 1) >> (Integer.SIZE - 1);
                if ((filter[(hash * GOLDEN_RATIO) >>> filterShift] & ended) != 0) {
                    found |= of(hash);
                }
                found |= singles[c];
                // As String.hashCode() has it.
                hash = (31 * hash + part) & ~ended;
            }
        }
        return found | of(hash);
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

    private long of(int hash) {
        return marks[slot(hash)];
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
