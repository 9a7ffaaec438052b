package dev.forebay.processors.screen;

import java.util.Map;

/**
 * Tells in one pass which pieces a text has of those that rules cannot do without, so that a rule is tried only where it may
 * match. A piece is a run of ASCII letters and digits, or any other char by itself. None is missed; one that is not there
 * may be told, where another has the same hash.
 */
final class Calls {
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final boolean empty;
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
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int part = part(c);
            if (part != 0) {
                // As String.hashCode() has it.
                hash = 31 * hash + part;
            } else {
                found |= (start < i ? of(hash) : 0) | (c > ' ' ? of(c) : 0);
                start = i + 1;
                hash = 0;
            }
        }
        return start < text.length() ? found | of(hash) : found;
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

    /** An ASCII letter, in lower case, or digit; 0 for any other char. */
    private static int part(char c) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            return c;
        }
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : 0;
    }
}
