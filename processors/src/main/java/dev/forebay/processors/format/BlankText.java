package dev.forebay.processors.format;

/** Tells texts in which there is nothing that a model could read. */
public final class BlankText {
    private BlankText() {}

    /** True for white space of any script, control and format characters alone. */
    public static boolean is(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT);
    }
}
