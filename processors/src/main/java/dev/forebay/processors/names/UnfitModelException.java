package dev.forebay.processors.names;

/** Why a file is not taken as a model: its message is a sentence about the file, fit for a terminal whatever the file holds. */
public final class UnfitModelException extends Exception {
    private static final int LONGEST = 80;

    UnfitModelException(String sentence) {
        super(sentence);
    }

    /** What stands in a file, cut, and without what a terminal would act on. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder(LONGEST);
        text.codePoints()
                .limit(LONGEST)
                .forEach(c -> shown.append(c > ' ' && c < 0x7F ? (char) c : c == ' ' ? ' ' : '?'));
        return shown.toString();
    }
}
