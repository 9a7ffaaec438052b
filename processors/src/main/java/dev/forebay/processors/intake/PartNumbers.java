package dev.forebay.processors.intake;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers of the parts of an event, from 1, as {@link dev.forebay.schemas.Headers#PARTS} has them: {@code 2,5}. */
final class PartNumbers {
    private static final int MOST_DIGITS = 9;

    private PartNumbers() {}

    static List<Integer> upTo(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    /** In ascending order, each once; empty for a text that is something else. */
    static Optional<List<Integer>> read(String text) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String number : text.split(",", -1)) {
            if (number.isEmpty()
                    || number.length() > MOST_DIGITS
                    || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            numbers.add(Integer.parseInt(number));
        }
        return Optional.of(List.copyOf(numbers));
    }

    static String written(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
