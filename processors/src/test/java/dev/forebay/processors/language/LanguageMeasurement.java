package dev.forebay.processors.language;

import dev.forebay.processors.language.Sentences.Sentence;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Prints how many sentences of each language are told right, how surely, and what a text costs; run by name:
 * {@code -Dtest=LanguageMeasurement}.
 */
final class LanguageMeasurement {
    private static final double[] MARGINS = {1.1, 1.3, 1.5, 2};
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 50_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LanguageModel model = LanguageModel.get();
    private final Sentences sentences = Sentences.read();

    @Test
    void printsWhatIsToldRight() {
        System.out.println("| language | short: likeliest right | told right | told wrong"
                + " | long: likeliest right | told right | told wrong |");
        System.out.println("|---|---|---|---|---|---|---|");
        sentences.all().stream()
                .map(Sentence::code)
                .distinct()
                .forEach(code -> System.out.println(
                        "| " + code + row(only(code, "short"), 1.5) + row(only(code, "long"), 1.5) + " |"));
        System.out.println("| all" + row(sentences.of("short"), 1.5) + row(sentences.of("long"), 1.5) + " |");
    }

    @Test
    void printsWhatAMarginGives() {
        System.out.println("| `margin` | short: told right | told wrong | long: told right | told wrong |");
        System.out.println("|---|---|---|---|---|");
        for (double margin : MARGINS) {
            Score ofShort = score(sentences.of("short"), margin);
            Score ofLong = score(sentences.of("long"), margin);
            System.out.printf(
                    Locale.ROOT,
                    "| %.1f | %d | %d | %d | %d |%n",
                    margin,
                    ofShort.right(),
                    ofShort.wrong(),
                    ofLong.right(),
                    ofLong.wrong());
        }
    }

    @Test
    void printsMicrosecondsPerText() {
        Map<String, List<Sentence>> sets = new LinkedHashMap<>();
        sets.put("short sentences", sentences.of("short"));
        sets.put("long sentences", sentences.of("long"));
        sets.put("1,000 characters", sentences.joined(1_000));
        sets.put("100,000 characters", sentences.joined(100_000));
        System.out.println("| texts | characters, mean | µs for each |");
        System.out.println("|---|---|---|");
        sets.forEach((name, set) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f |%n",
                name,
                set.stream()
                        .mapToInt(sentence -> sentence.text().length())
                        .average()
                        .orElse(0),
                micros(set)));
    }

    private record Score(int likeliest, int right, int wrong, int all) {}

    private Score score(List<Sentence> set, double margin) {
        int likeliest = 0;
        int right = 0;
        int wrong = 0;
        for (Sentence sentence : set) {
            Guess guess = model.guess(Letters.of(sentence.text()));
            boolean hit = guess.code().equals(sentence.code());
            likeliest += hit ? 1 : 0;
            right += hit && guess.margin() >= margin ? 1 : 0;
            wrong += !hit && guess.margin() >= margin ? 1 : 0;
        }
        return new Score(likeliest, right, wrong, set.size());
    }

    private String row(List<Sentence> set, double margin) {
        Score score = score(set, margin);
        return " | " + score.likeliest() + " of " + score.all() + " | " + score.right() + " | " + score.wrong();
    }

    private List<Sentence> only(String code, String length) {
        return sentences.of(length).stream()
                .filter(sentence -> sentence.code().equals(code))
                .toList();
    }

    /** The best of some rounds of processor time: what disturbs one makes it slower, never faster. */
    private double micros(List<Sentence> set) {
        double best = Double.MAX_VALUE;
        double sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long taken = 0;
            int texts = 0;
            while (taken < ROUND_NANOS) {
                for (Sentence sentence : set) {
                    sink += model.guess(Letters.of(sentence.text())).margin();
                    texts++;
                }
                taken = THREADS.getCurrentThreadCpuTime() - start;
            }
            best = Math.min(best, taken / 1e3 / texts);
        }
        return sink > 0 ? best : 0;
    }
}
