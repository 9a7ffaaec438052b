package dev.forebay.processors.redact;

import static dev.forebay.processors.event.Events.STAMP;

import dev.forebay.processors.redact.PiiTexts.Labelled;
import dev.forebay.processors.screen.InputScreen;
import dev.forebay.processors.screen.ScreenSection;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Prints texts of 1 KB per second of processor time; run by name: {@code -Dtest=RedactionMeasurement}. */
final class RedactionMeasurement {
    private static final int CHARS = 1_024;
    private static final int TEXTS = 500;
    private static final int ROUNDS = 9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void printsTextsPerSecond() {
        Map<String, UnaryOperator<String>> steps = steps();
        System.out.println("| texts | " + String.join(" | ", steps.keySet()) + " |");
        System.out.println("|---|" + "---|".repeat(steps.size()));
        sets().forEach((name, texts) -> {
            StringBuilder row = new StringBuilder("| " + name);
            for (UnaryOperator<String> step : steps.values()) {
                row.append(String.format(Locale.ROOT, " | %.0f", rate(step, texts)));
            }
            System.out.println(row.append(" |"));
        });
    }

    private static Map<String, UnaryOperator<String>> steps() {
        Map<String, UnaryOperator<String>> steps = new LinkedHashMap<>();
        steps.put("five types", by(Redactors.builtIn(Replacement.MASK)));
        steps.put("without `phone`", by(new Redactor(Redactors.WITHOUT_PHONE, Replacement.MASK)));
        steps.put("five types, tokens", by(Redactors.builtIn(new Tokens("a secret of the measurement alone"))));
        steps.put("five types, two patterns", by(Redactors.all()));
        steps.put("names alone", by(new Redactor(List.of(TrainedNames.detector()), Replacement.MASK)));
        steps.put("phrases and injection rules", by(screen("{block: [launch code, red herring], injection: true}")));
        steps.put("one pattern of `screen`", by(screen("{patterns: {p: '(?i)begin ticket dump'}}")));
        return steps;
    }

    private static UnaryOperator<String> by(Redactor redactor) {
        return text -> redactor.redact(text, "tenant", new HashMap<>());
    }

    private static UnaryOperator<String> by(InputScreen screen) {
        return text -> screen.refuse(new Request("r", "triage", "tenant", text, Map.of(), Lane.LIVE, STAMP, null))
                .map(reason -> "")
                .orElse(text);
    }

    private static InputScreen screen(String yaml) {
        return ScreenSection.read(YamlFile.parse(yaml, "measurement.yaml", new Problems()));
    }

    /** The best of some rounds: what disturbs one makes it slower, never faster. */
    private static double rate(UnaryOperator<String> step, List<String> texts) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long chars = 0;
            for (String text : texts) {
                chars += step.apply(text).length();
            }
            double seconds = (THREADS.getCurrentThreadCpuTime() - start) * 1e-9;
            best = Math.max(best, chars > 0 ? texts.size() / seconds : 0);
        }
        return best;
    }

    private static Map<String, List<String>> sets() {
        Map<String, List<String>> sets = new LinkedHashMap<>();
        String prose = "Why was my transfer declined, and what can I do about it now? ";
        sets.put("prose without digits", texts(random -> prose));
        sets.put("prose with one place", withOne(prose));
        sets.put("the labelled set, joined", joined());
        sets.put("log lines, an address in each", texts(RedactionMeasurement::logLine));
        sets.put("nothing but groups of four digits", texts(random -> (1000 + random.nextInt(9000)) + " "));
        return sets;
    }

    private static List<String> texts(Function<Random, String> piece) {
        Random random = new Random(1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < CHARS) {
                text.append(piece.apply(random));
            }
            texts.add(text.substring(0, CHARS));
        }
        return texts;
    }

    private static List<String> withOne(String prose) {
        PiiValues values = new PiiValues(new Random(1));
        return texts(random -> {
            String value =
                    switch (random.nextInt(5)) {
                        case 0 -> values.email();
                        case 1 -> values.phone();
                        case 2 -> values.iban();
                        case 3 -> values.card();
                        default -> values.ip();
                    };
            return prose.repeat(random.nextInt(10)) + value + " " + prose.repeat(CHARS / prose.length() + 1);
        });
    }

    private static List<String> joined() {
        List<Labelled> all = PiiTexts.of(1, TEXTS);
        return texts(random -> all.get(random.nextInt(TEXTS)).text() + " ");
    }

    private static String logLine(Random random) {
        return "2024-05-01T10:00:0" + random.nextInt(10) + "Z 192.0.2." + random.nextInt(256) + " GET /api/v1/items/"
                + random.nextInt(100_000) + " 200 " + random.nextInt(1_000) + "ms\n";
    }
}
