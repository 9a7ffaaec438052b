package dev.forebay.processors.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes texts that a pattern describes, of the part of RE2's syntax that the injection rules use. A text may miss a word
 * bound ({@code \b}) of the pattern.
 */
final class PatternTexts {
    private static final List<String> ANY = List.of("x", "é", "中", ".", "-", "_", "9", "\uD83D\uDE00");
    private static final int MOST_MORE = 3;

    private final Random random;
    private final String pattern;
    private int at;

    private PatternTexts(Random random, String pattern) {
        this.random = random;
        this.pattern = pattern;
    }

    static String of(Random random, String pattern) {
        return new PatternTexts(random, pattern).alternatives();
    }

    private String alternatives() {
        List<String> texts = new ArrayList<>();
        do {
            texts.add(sequence());
        } while (take("|"));
        return one(texts);
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            String first = atom();
            int times = times();
            int end = at;
            for (int i = 0; i < times; i++) {
                at = start;
                text.append(i == 0 ? first : atom());
            }
            at = end;
        }
        return text.toString();
    }

    private String atom() {
        if (take("(")) {
            take("?:");
            String text = alternatives();
            take(")");
            return text;
        }
        if (take("\\b")) {
            return "";
        }
        if (take("\\s")) {
            return one(List.of(" ", "\n"));
        }
        if (take("\\S")) {
            return one(ANY);
        }
        if (take(".")) {
            return random.nextBoolean() ? " " : one(ANY);
        }
        take("\\");
        return String.valueOf(pattern.charAt(at++));
    }

    private int times() {
        int times = 1;
        if (take("?")) {
            return random.nextInt(2);
        } else if (take("+")) {
            times += random.nextInt(MOST_MORE);
        } else if (take("{")) {
            int comma = pattern.indexOf(',', at);
            int close = pattern.indexOf('}', comma);
            int least = Integer.parseInt(pattern, at, comma, 10);
            times = least + random.nextInt(Integer.parseInt(pattern, comma + 1, close, 10) - least + 1);
            at = close + 1;
        }
        take("?");
        return times;
    }

    private boolean take(String expected) {
        boolean there = pattern.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
