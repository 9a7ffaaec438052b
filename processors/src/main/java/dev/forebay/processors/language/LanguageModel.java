package dev.forebay.processors.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.ml.model.MaxentModel;

/**
 * Apache OpenNLP's language detector of a hundred languages, a maximum entropy model over rows of one to three characters. It is
 * asked directly, with the rows of {@link Letters}: the library's own way there tries patterns that backtrack on the whole
 * text, and takes two to four times as long. Safe for use by several threads.
 */
final class LanguageModel {
    private static final String FILE = "/langdetect-183.bin";

    /** Those that the model calls by one language of a family where ISO 639-1 has the family alone. */
    private static final Map<String, String> FAMILIES =
            Map.of("cmn", "zh", "ekk", "et", "lvs", "lv", "pes", "fa", "plt", "mg");

    private final MaxentModel model;
    private final List<String> codes;
    /** The place among the codes of each outcome of the model, which calls three languages by two names. */
    private final int[] codeOf;

    private LanguageModel(MaxentModel model) {
        this.model = model;
        Map<String, String> shorter = new HashMap<>(FAMILIES);
        for (String code : Locale.getISOLanguages()) {
            Locale locale = Locale.forLanguageTag(code);
            shorter.put(locale.getISO3Language(), locale.getLanguage());
        }
        List<String> outcomes = IntStream.range(0, model.getNumOutcomes())
                .mapToObj(i -> shorter.getOrDefault(model.getOutcome(i), model.getOutcome(i)))
                .toList();
        this.codes = outcomes.stream().distinct().toList();
        this.codeOf = outcomes.stream().mapToInt(codes::indexOf).toArray();
    }

    /** Read when it is first asked for: it takes 38 MB. */
    private static final class Once {
        static final LanguageModel MODEL = read();
    }

    static LanguageModel get() {
        return Once.MODEL;
    }

    /** The languages that are told from one another. */
    Set<String> codes() {
        return new TreeSet<>(codes);
    }

    Guess guess(Letters letters) {
        String[] grams = letters.grams().toArray(new String[0]);
        float[] once = new float[grams.length];
        Arrays.fill(once, 1);
        double[] outcomes = model.eval(grams, once);
        double[] likely = new double[codes.size()];
        for (int i = 0; i < outcomes.length; i++) {
            // Not their sum: of a short text each outcome has its share, and two would have two.
            likely[codeOf[i]] = Math.max(likely[codeOf[i]], outcomes[i]);
        }
        int best = 0;
        double next = 0;
        for (int i = 1; i < likely.length; i++) {
            if (likely[i] > likely[best]) {
                next = likely[best];
                best = i;
            } else {
                next = Math.max(next, likely[i]);
            }
        }
        return new Guess(codes.get(best), likely[best] / next);
    }

    private static LanguageModel read() {
        try (InputStream file = LanguageDetectorModel.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new AssertionError("opennlp-models-langdetect has " + FILE);
            }
            return new LanguageModel(new LanguageDetectorModel(file).getMaxentModel());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
