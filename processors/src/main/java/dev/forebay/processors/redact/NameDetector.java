package dev.forebay.processors.redact;

import dev.forebay.processors.names.Name;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Names that a model holds for likely. A word with a digit or an {@code @} in it is no part of a name, so that a name never holds
 * a number or an address whole, nor hides a part of one; a mask is no name.
 */
final class NameDetector implements Detector {
    /** How far from a place its word is looked at; local parts of addresses are no longer. */
    private static final int REACH = 64;

    private final PiiType type;
    private final Source names;
    private final String entity;
    private final double least;

    /** Where names come from. */
    interface Source {
        void find(String text, Consumer<Name> found);
    }

    /**
     * @param entity the one of the source's entities that counts
     * @param least the smallest probability that counts
     */
    NameDetector(String type, Source names, String entity, double least) {
        this.type = new PiiType(type, PiiType.Strength.LIKELY);
        this.names = names;
        this.entity = entity;
        this.least = least;
    }

    @Override
    public void find(String text, BitSet digits, Consumer<Finding> found) {
        names.find(text, name -> {
            if (name.entity().equals(entity) && name.probability() >= least) {
                divide(text, name, found);
            }
        });
    }

    /** What lies between the words that are no part of it. */
    private void divide(String text, Name name, Consumer<Finding> found) {
        int start = name.start();
        for (int i = name.start(); i < name.end(); ) {
            int end = endOfWord(text, i);
            if (!isName(text, startOfWord(text, i), end)) {
                report(text, start, i, found);
                start = end;
            }
            i = end;
        }
        report(text, start, name.end(), found);
    }

    private void report(String text, int from, int to, Consumer<Finding> found) {
        int start = from;
        int end = to;
        while (start < end && !Character.isLetter(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (start < end && !mayEnd(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        if (start < end) {
            found.accept(new Finding(type, start, end));
        }
    }

    /** A letter or its mark, and the stop of an initial. */
    private static boolean mayEnd(int c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK || c == '.';
    }

    private static int startOfWord(String text, int from) {
        int i = from;
        while (i > 0 && from - i < REACH && isWordPart(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** At least one behind the start. */
    private static int endOfWord(String text, int from) {
        int i = from;
        while (i < text.length() && i - from < REACH && isWordPart(text.charAt(i))) {
            i++;
        }
        return Math.max(i, from + 1);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || "@._%+-'".indexOf(c) >= 0;
    }

    private static boolean isName(String text, int start, int end) {
        boolean label = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '@' || Character.isDigit(c)) {
                return false;
            }
            label &= (c >= 'A' && c <= 'Z') || c == '-';
        }
        return !(label && Ascii.at(text, start - 1) == '[' && Ascii.at(text, end) == ']');
    }
}
