package dev.forebay.processors.policy;

import dev.forebay.schemas.config.Section;

/** Reads the name of an entry that records carry, and so one that fits into ids, keys and logs. */
public final class PlainName {
    private static final int LONGEST = 100;

    private PlainName() {}

    /**
     * Reads {@code name} and notes what is wrong with it.
     *
     * @param carriers what has the name, {@code results}
     */
    public static String read(Section section, String example, String carriers) {
        String name = section.requiredString("name", example);
        if (!name.isEmpty() && !isPlain(name)) {
            section.problem("name", "1 to 100 of a-z A-Z 0-9 . _ -", "Choose a plain name; " + carriers + " carry it.");
        }
        return name;
    }

    private static boolean isPlain(String name) {
        return name.length() <= LONGEST
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }
}
