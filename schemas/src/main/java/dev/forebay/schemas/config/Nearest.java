package dev.forebay.schemas.config;

import java.util.Optional;

/** The known name nearest to a misspelt one, by edit distance (Levenshtein, 1966). */
public final class Nearest {
    private Nearest() {}

    /** The nearest name within a third of the given name's length, at least 2 edits. */
    public static Optional<String> to(String given, Iterable<String> known) {
        String best = null;
        int bound = Math.max(2, given.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(given, candidate);
            if (distance < bound) {
                bound = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
