package dev.forebay.processors.digest;

/** Texts counted and cut by Unicode code points. */
final class Texts {
    private Texts() {}

    static int chars(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The beginning of a text, without blanks at its ends. */
    static String first(String text, int chars) {
        String stripped = text.strip();
        // Not below, so that a long text is not counted to its end.
        if (stripped.length() <= chars) {
            return stripped;
        }
        int end = 0;
        for (int count = 0; count < chars && end < stripped.length(); count++) {
            end += Character.charCount(stripped.codePointAt(end));
        }
        return stripped.substring(0, end).strip();
    }
}
