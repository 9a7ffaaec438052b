package dev.forebay.processors.names;

import java.util.List;
import java.util.function.Consumer;
import opennlp.tools.ml.BeamSearch;
import opennlp.tools.namefind.NameContextGenerator;
import opennlp.tools.util.Sequence;
import opennlp.tools.util.SequenceCodec;
import opennlp.tools.util.SequenceValidator;
import opennlp.tools.util.Span;

/**
 * Finds the names of one text after the other, as OpenNLP's NameFinderME does with the same parts. For one thread at a time:
 * what it learns from the beginning of a text for its end, it forgets behind it.
 */
final class NameFinder {
    private static final Object[] NOTHING_BESIDE = {};
    /** The entity of outcomes that name none. */
    private static final String UNNAMED = "default";

    private final BeamSearch search;
    private final NameContextGenerator features;
    private final SequenceCodec<String> codec;
    private final SequenceValidator<String> validator;

    NameFinder(BeamSearch search, NameContextGenerator features, SequenceCodec<String> codec) {
        this.search = search;
        this.features = features;
        this.codec = codec;
        this.validator = codec.createSequenceValidator();
    }

    void find(String text, Consumer<Name> found) {
        try {
            for (SentenceScan scan = new SentenceScan(text); scan.next(); ) {
                find(scan, found);
            }
        } finally {
            features.clearAdaptiveData();
        }
    }

    private void find(SentenceScan scan, Consumer<Name> found) {
        String[] words = scan.words();
        Sequence best = search.bestSequence(words, NOTHING_BESIDE, features, validator);
        if (best == null) {
            // Parameters so large that nothing is likely: such a model finds nothing here.
            return;
        }
        List<String> outcomes = best.getOutcomes();
        features.updateAdaptiveData(words, outcomes.toArray(new String[0]));
        double[] likely = best.getProbs();
        for (Span span : codec.decode(outcomes)) {
            double sum = 0;
            for (int word = span.getStart(); word < span.getEnd(); word++) {
                sum += likely[word];
            }
            String entity = span.getType() == null ? UNNAMED : span.getType();
            found.accept(
                    new Name(entity, scan.start(span.getStart()), scan.end(span.getEnd() - 1), sum / span.length()));
        }
    }

    /** The entity that an outcome such as {@code person-start} is of. */
    static String entity(String outcome) {
        int hyphen = outcome.lastIndexOf('-');
        return hyphen < 1 ? UNNAMED : outcome.substring(0, hyphen);
    }
}
