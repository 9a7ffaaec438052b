package dev.forebay.processors.completion;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Ascending numbers from 1 as a short text, {@code 1-40,42}. */
final class Numbers {
    private Numbers() {}

    static String written(SortedSet<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        int first = 0;
        int last = 0;
        for (int number : numbers) {
            if (first > 0 && number == last + 1) {
                last = number;
                continue;
            }
            append(text, first, last);
            first = number;
            last = number;
        }
        append(text, first, last);
        return text.toString();
    }

    private static void append(StringBuilder text, int first, int last) {
        if (first > 0) {
            text.append(text.isEmpty() ? "" : ",").append(first).append(last > first ? "-" + last : "");
        }
    }

    /** Empty for a text that is something else, or has a number above the highest. */
    static Optional<SortedSet<Integer>> read(String text, int highest) {
        SortedSet<Integer> numbers = new TreeSet<>();
        if (text.isEmpty()) {
            return Optional.of(numbers);
        }
        int before = 0;
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first =
                    PartKey.number(dash < 0 ? range : range.substring(0, dash)).orElse(0);
            int last =
                    dash < 0 ? first : PartKey.number(range.substring(dash + 1)).orElse(0);
            if (first <= before || last < first || last > highest) {
                return Optional.empty();
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
            before = last;
        }
        return Optional.of(numbers);
    }
}
