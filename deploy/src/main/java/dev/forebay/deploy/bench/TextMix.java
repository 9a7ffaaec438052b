package dev.forebay.deploy.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Texts of everyday words whose lengths have a long tail: 5 to 300 tokens, half of them under 31, mean about 47. The
 * same seed gives the same texts, and no two are equal.
 */
final class TextMix {
    static final int SHORTEST = 5;
    static final int LONGEST = 300;

    private static final double MEDIAN = 31;
    /** Of the normal distribution that the logarithm of the length follows. */
    private static final double DEVIATION = 0.93;
    /** The tokens that open and close a text. */
    private static final int SPECIAL_TOKENS = 2;

    private static final int SHORTEST_SENTENCE = 6;
    private static final int LONGEST_SENTENCE = 14;

    private final List<String> words;
    private final List<Integer> tokens;

    /** @param tokenCounts the tokens of each of these texts, the two special ones included */
    TextMix(Function<List<String>, List<Integer>> tokenCounts) {
        this.words = words();
        this.tokens = tokenCounts.apply(words).stream()
                .map(count -> count - SPECIAL_TOKENS)
                .toList();
    }

    List<String> texts(int count, long seed) {
        Random random = new Random(seed);
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < count) {
            texts.add(text(length(random), random));
        }
        return List.copyOf(texts);
    }

    private static int length(Random random) {
        while (true) {
            long length = Math.round(MEDIAN * Math.exp(DEVIATION * random.nextGaussian()));
            if (length >= SHORTEST && length <= LONGEST) {
                return (int) length;
            }
        }
    }

    /** Words until the tokens are spent; a full stop is a token too. */
    private String text(int length, Random random) {
        StringBuilder text = new StringBuilder();
        int left = length - SPECIAL_TOKENS;
        int sentence = sentence(random);
        while (left > 0) {
            if (sentence == 0) {
                text.append('.');
                sentence = sentence(random);
                left--;
                continue;
            }
            int word = random.nextInt(words.size());
            if (tokens.get(word) <= left) {
                text.append(text.isEmpty() ? "" : " ").append(words.get(word));
                left -= tokens.get(word);
                sentence--;
            }
        }
        return text.toString();
    }

    private static int sentence(Random random) {
        return SHORTEST_SENTENCE + random.nextInt(LONGEST_SENTENCE - SHORTEST_SENTENCE + 1);
    }

    private static List<String> words() {
        try (InputStream stream = TextMix.class.getResourceAsStream("words.txt")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            return new ArrayList<>(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
