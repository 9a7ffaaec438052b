package dev.forebay.processors.names;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opennlp.tools.namefind.BioCodec;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.SequenceCodec;
import opennlp.tools.util.Span;
import opennlp.tools.util.TrainingParameters;

/** Trains name finders with OpenNLP's own trainer, on texts that are cut into words as they will be when names are looked for. */
public final class NameTraining {
    private NameTraining() {}

    public record Place(String entity, int start, int end) {}

    public record Example(String text, List<Place> names) {}

    /** The file of a model of maximum entropy, as OpenNLP writes it. */
    public static byte[] train(List<Example> examples) {
        return train(examples, "MAXENT", 2, new BioCodec());
    }

    static byte[] train(List<Example> examples, String algorithm, int cutoff, SequenceCodec<String> codec) {
        TrainingParameters parameters = new TrainingParameters();
        parameters.put("Algorithm", algorithm);
        parameters.put("Iterations", 50);
        parameters.put("Cutoff", cutoff);
        parameters.put("DataIndexer", "OnePass");
        parameters.put("PrintMessages", false);
        try {
            TokenNameFinderModel model = NameFinderME.train(
                    "en",
                    null,
                    ObjectStreamUtils.createObjectStream(samples(examples)),
                    parameters,
                    TokenNameFinderFactory.create(null, null, Map.of(), codec));
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            model.serialize(file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<NameSample> samples(List<Example> examples) {
        List<NameSample> samples = new ArrayList<>();
        for (Example example : examples) {
            boolean first = true;
            for (SentenceScan scan = new SentenceScan(example.text()); scan.next(); ) {
                samples.add(new NameSample(scan.words(), spans(scan, example), first));
                first = false;
            }
        }
        return samples;
    }

    private static Span[] spans(SentenceScan scan, Example example) {
        List<Span> spans = new ArrayList<>();
        int count = scan.words().length;
        for (Place name : example.names()) {
            int from = 0;
            while (from < count && scan.start(from) < name.start()) {
                from++;
            }
            int to = from;
            while (to < count && scan.end(to) <= name.end()) {
                to++;
            }
            if (to > from) {
                spans.add(new Span(from, to, name.entity()));
            }
        }
        return spans.toArray(new Span[0]);
    }
}
