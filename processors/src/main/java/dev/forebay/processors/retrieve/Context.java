package dev.forebay.processors.retrieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How passages are put into the text of a request: a template that has {@code {passages}} once and {@code {text}} once, and
 * whatever else as it is written.
 *
 * @param maxChars that the text may have with them, in Unicode code points
 */
public record Context(String template, int maxChars) {
    private static final String PASSAGES = "{passages}";
    private static final String TEXT = "{text}";

    /** What is wrong with a template, as a problem says it; empty where nothing is. */
    public static Optional<String> objection(String template) {
        for (String hole : List.of(PASSAGES, TEXT)) {
            int first = template.indexOf(hole);
            if (first < 0) {
                return Optional.of("Put " + hole + " where it belongs.");
            }
            if (template.indexOf(hole, first + 1) >= 0) {
                return Optional.of("Leave all but one " + hole + " out.");
            }
        }
        return Optional.empty();
    }

    /**
     * The text with as many of the passages as it has room for, each whole and numbered from 1. One that has no room is left
     * out; a shorter one behind it may have.
     *
     * @param passages nearest first
     * @return which of them are in it, which may be none, by their indexes in order
     */
    public Filled fill(String text, List<String> passages) {
        long room = maxChars - (length(template) - length(PASSAGES) - length(TEXT)) - length(text);
        List<Integer> in = new ArrayList<>();
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < passages.size(); i++) {
            String item = (in.isEmpty() ? "" : "\n") + "[" + (in.size() + 1) + "] " + passages.get(i);
            long length = length(item);
            if (length <= room) {
                room -= length;
                list.append(item);
                in.add(i);
            }
        }
        return new Filled(filled(text, list.toString()), List.copyOf(in));
    }

    /** In one go: what looks like a hole in a passage or in the text is none. */
    private String filled(String text, String list) {
        boolean listFirst = template.indexOf(PASSAGES) < template.indexOf(TEXT);
        String first = listFirst ? PASSAGES : TEXT;
        String second = listFirst ? TEXT : PASSAGES;
        int firstAt = template.indexOf(first);
        int secondAt = template.indexOf(second);
        return template.substring(0, firstAt)
                + (listFirst ? list : text)
                + template.substring(firstAt + first.length(), secondAt)
                + (listFirst ? text : list)
                + template.substring(secondAt + second.length());
    }

    private static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * A text with passages in it.
     *
     * @param in the indexes of the passages that are
     */
    public record Filled(String text, List<Integer> in) {}
}
