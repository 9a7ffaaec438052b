package dev.forebay.worker.wordpiece;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BERT's tokenizer (Devlin et al., 2018, section 3) for texts of printable ASCII, line breaks and tabs: words between
 * blanks, each punctuation mark a word of its own, and of each word the longest pieces of the vocabulary from its start.
 * The ids are those that the tokenizers library gives for the same tokenizer.json. Safe for use by several threads.
 */
public final class WordPiece {
    private static final byte FOREIGN = 0;
    private static final byte BLANK = 1;
    private static final byte MARK = 2;
    private static final byte WORD = 3;

    private static final byte[] KINDS = kinds();

    private final PieceTrie pieces;
    private final int starts;
    private final int continuations;
    private final Rules rules;
    /** What a character is as, by the character. */
    private final char[] folds = new char[KINDS.length];

    private final boolean[] beginsAdded = new boolean[KINDS.length];

    /**
     * What a tokenizer does besides looking into its vocabulary.
     *
     * @param lowercase whether case is taken out first
     * @param unknown id of a word that the vocabulary has no pieces for
     * @param longestWord in characters; a longer one is unknown
     * @param opening ids before a text
     * @param closing ids behind a text
     * @param added texts that are tokens wherever they stand, in printable ASCII without blanks
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Rules(boolean lowercase, int unknown, int longestWord, long[] opening, long[] closing, List<String> added) {}

    /**
     * @param starts the root of the pieces that a word begins with
     * @param continuations the root of those that it goes on with, without their prefix
     */
    WordPiece(PieceTrie pieces, int starts, int continuations, Rules rules) {
        this.pieces = pieces;
        this.starts = starts;
        this.continuations = continuations;
        this.rules = rules;
        for (char c = 0; c < folds.length; c++) {
            folds[c] = rules.lowercase && c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        for (String token : rules.added) {
            beginsAdded[Character.toLowerCase(token.charAt(0))] = true;
            beginsAdded[Character.toUpperCase(token.charAt(0))] = true;
        }
    }

    /** How many ids stand behind a text. */
    public int closing() {
        return rules.closing.length;
    }

    /** The ids of a text with those around it; null where the text has what another tokenizer has to judge. */
    public long @Nullable [] ids(String text) {
        Ids ids = new Ids(rules.opening, text.length() / 4 + 16);
        int length = text.length();
        for (int i = 0; i < length; ) {
            char c = text.charAt(i);
            byte kind = kind(c);
            if (kind == FOREIGN || (kind == MARK && isAdded(text, i))) {
                return null;
            }
            if (kind == WORD) {
                int end = wordEnd(text, i);
                if (end < 0) {
                    return null;
                }
                addWord(text, i, end, ids);
                i = end;
            } else {
                if (kind == MARK) {
                    addWord(text, i, i + 1, ids);
                }
                i++;
            }
        }
        return ids.with(rules.closing);
    }

    /** Behind the word; -1 where the whole text is not for this tokenizer. */
    private int wordEnd(String text, int start) {
        int i = start;
        while (i < text.length() && kind(text.charAt(i)) == WORD) {
            if (isAdded(text, i)) {
                return -1;
            }
            i++;
        }
        return i;
    }

    /** Whether an added token stands there, in whatever case: some are looked for after case was taken out. */
    private boolean isAdded(String text, int index) {
        if (!beginsAdded[text.charAt(index)]) {
            return false;
        }
        for (String token : rules.added) {
            if (text.regionMatches(true, index, token, 0, token.length())) {
                return true;
            }
        }
        return false;
    }

    private void addWord(String text, int start, int end, Ids ids) {
        int before = ids.size;
        int done = end - start > rules.longestWord ? -1 : start;
        while (done >= 0 && done < end) {
            done = addPiece(text, done, end, done == start ? starts : continuations, ids);
        }
        if (done < 0) {
            ids.size = before;
            ids.add(rules.unknown);
        }
    }

    /** Adds the longest piece and gives its end; -1 where there is none. */
    private int addPiece(String text, int start, int end, int root, Ids ids) {
        int node = root;
        int found = PieceTrie.NONE;
        int stop = -1;
        for (int i = start; i < end; i++) {
            node = pieces.child(node, folds[text.charAt(i)]);
            if (node == PieceTrie.NONE) {
                break;
            }
            int id = pieces.id(node);
            if (id != PieceTrie.NONE) {
                found = id;
                stop = i + 1;
            }
        }
        if (stop >= 0) {
            ids.add(found);
        }
        return stop;
    }

    private static byte kind(char c) {
        return c < KINDS.length ? KINDS[c] : FOREIGN;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        Arrays.fill(kinds, '!', '~' + 1, MARK);
        Arrays.fill(kinds, '0', '9' + 1, WORD);
        Arrays.fill(kinds, 'A', 'Z' + 1, WORD);
        Arrays.fill(kinds, 'a', 'z' + 1, WORD);
        for (char blank : new char[] {' ', '\t', '\n', '\r'}) {
            kinds[blank] = BLANK;
        }
        return kinds;
    }

    private static final class Ids {
        private long[] ids;
        private int size;

        Ids(long[] opening, int room) {
            this.ids = Arrays.copyOf(opening, opening.length + room);
            this.size = opening.length;
        }

        void add(long id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = id;
        }

        long[] with(long[] closing) {
            long[] all = Arrays.copyOf(ids, size + closing.length);
            System.arraycopy(closing, 0, all, size, closing.length);
            return all;
        }
    }
}
