package dev.forebay.deploy.cli;

/**
 * Text of somebody else's for a terminal: control and format characters, which could move the cursor or hide text, are
 * written as escapes.
 */
final class Printable {
    private Printable() {}

    /** On one line. */
    static String line(String text) {
        return of(text, false);
    }

    /** With its line ends and tabs. */
    static String lines(String text) {
        return of(text, true);
    }

    private static String of(String text, boolean keepLines) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean isKept = keepLines && (c == '\n' || c == '\t');
            if (isKept || !isUnsafe(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(String.format("\\u%04x", c));
            }
        });
        return printable.toString();
    }

    private static boolean isUnsafe(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
