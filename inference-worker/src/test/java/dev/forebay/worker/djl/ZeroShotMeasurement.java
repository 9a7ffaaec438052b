package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forebay.worker.infer.Inference;
import dev.forebay.worker.infer.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Zero-shot classification measured on a CSV with the columns text and category: the source on ONNX Runtime against the
 * imported model, the temperature with the lowest negative log-likelihood, and whether a template helps. Not part of a
 * build: {@code mvn test -pl schemas,inference-worker -Dtest=ZeroShotMeasurement -Dforebay.banking77=FILE
 * -Dsurefire.failIfNoSpecifiedTests=false}; the figures are in target/surefire-reports.
 */
class ZeroShotMeasurement {
    private static final List<String> TEMPLATES =
            List.of("{label}", "This text is about {label}.", "A customer asks about {label}.", "{label}?");

    private final List<String> texts = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @Test
    void importedModelAnswersAsItsSourceDoes() throws IOException {
        String file = System.getProperty("forebay.banking77", "");
        assumeTrue(!file.isEmpty(), "set -Dforebay.banking77=FILE, a CSV with the columns text and category");
        read(Path.of(file));
        List<String> labels = List.copyOf(new TreeSet<>(answers));
        DjlModel model = SharedModel.fp32();

        List<float[]> ours = encode(texts, model);
        Function<String, List<float[]>> described = template -> encode(
                labels.stream()
                        .map(label -> template.replace("{label}", label.replace('_', ' ')))
                        .toList(),
                model);
        double accuracy = accuracy(ours, described.apply("{label}"), labels);
        double reference = reference(model, labels);

        System.out.printf(Locale.ROOT, "%d texts, %d labels%n", texts.size(), labels.size());
        System.out.printf(Locale.ROOT, "accuracy: ONNX Runtime %.4f, imported %.4f%n", reference, accuracy);
        TEMPLATES.forEach(template -> System.out.printf(
                Locale.ROOT,
                "template \"%s\": accuracy %.4f%n",
                template,
                accuracy(ours, described.apply(template), labels)));
        List<float[]> plain = described.apply("{label}");
        List<double[]> cosines =
                ours.stream().map(vector -> cosines(vector, plain)).toList();
        for (int step = 1; step <= 40; step++) {
            double temperature = step * 0.0025;
            System.out.printf(
                    Locale.ROOT,
                    "temperature %.4f: negative log-likelihood %.4f%n",
                    temperature,
                    loss(cosines, labels, temperature));
        }
        assertThat(accuracy).isCloseTo(reference, within(0.005));
    }

    private double reference(DjlModel model, List<String> labels) throws IOException {
        try (SourceFile source = SourceFile.extract();
                OnnxEncoder encoder = new OnnxEncoder(source.path())) {
            Function<List<String>, List<float[]>> encode =
                    lines -> model.tokenize(lines).stream().map(encoder::encode).toList();
            List<String> names =
                    labels.stream().map(label -> label.replace('_', ' ')).toList();
            return accuracy(encode.apply(texts), encode.apply(names), labels);
        }
    }

    private static List<float[]> encode(List<String> lines, DjlModel model) {
        List<Tokens> tokens = model.tokenize(lines);
        List<Integer> byLength = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> tokens.get(i).count()))
                .toList();
        float[][] vectors = new float[lines.size()][];
        for (int from = 0; from < byLength.size(); from += 32) {
            List<Integer> batch = byLength.subList(from, Math.min(byLength.size(), from + 32));
            List<Inference> rows = model.infer(batch.stream().map(tokens::get).toList());
            for (int i = 0; i < batch.size(); i++) {
                vectors[batch.get(i)] = ((Inference.Vector) rows.get(i)).values();
            }
        }
        return List.of(vectors);
    }

    private double accuracy(List<float[]> vectors, List<float[]> directions, List<String> labels) {
        int right = 0;
        for (int i = 0; i < vectors.size(); i++) {
            double[] cosines = cosines(vectors.get(i), directions);
            int best = IntStream.range(0, cosines.length)
                    .boxed()
                    .max(Comparator.comparingDouble(label -> cosines[label]))
                    .orElseThrow();
            right += labels.get(best).equals(answers.get(i)) ? 1 : 0;
        }
        return right / (double) vectors.size();
    }

    private double loss(List<double[]> cosines, List<String> labels, double temperature) {
        double sum = 0;
        for (int i = 0; i < cosines.size(); i++) {
            double total = 0;
            for (double cosine : cosines.get(i)) {
                total += Math.exp(cosine / temperature);
            }
            sum += Math.log(total) - cosines.get(i)[labels.indexOf(answers.get(i))] / temperature;
        }
        return sum / cosines.size();
    }

    private static double[] cosines(float[] vector, List<float[]> directions) {
        return directions.stream()
                .mapToDouble(direction -> IntStream.range(0, vector.length)
                        .mapToDouble(i -> (double) vector[i] * direction[i])
                        .sum())
                .toArray();
    }

    /** A record per line, the text in quotes where it needs them and the category last. */
    private void read(Path file) throws IOException {
        StringBuilder record = new StringBuilder();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            record.append(record.isEmpty() ? "" : "\n").append(line);
            if (record.chars().filter(c -> c == '"').count() % 2 == 0) {
                int comma = record.lastIndexOf(",");
                String text = record.substring(0, comma);
                boolean quoted = text.startsWith("\"");
                texts.add(quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text);
                answers.add(record.substring(comma + 1));
                record.setLength(0);
            }
        }
    }
}
