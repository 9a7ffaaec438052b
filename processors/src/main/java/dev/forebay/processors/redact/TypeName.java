package dev.forebay.processors.redact;

import java.util.List;

/** The rule for the names of types: they are part of masks, of tokens, and of the attribute that counts. */
final class TypeName {
    static final List<String> BUILT_IN = List.of("email", "phone", "iban", "card", "ip");
    static final String ALLOWED = "a name of 1 to 30 of a-z 0-9 -, other than " + String.join(", ", BUILT_IN);
    private static final int LONGEST = 30;

    private TypeName() {}

    /** Whether a type may be declared by a name. */
    static boolean isFree(String name) {
        return !BUILT_IN.contains(name)
                && !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}
