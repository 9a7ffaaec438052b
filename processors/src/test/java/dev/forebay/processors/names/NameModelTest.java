package dev.forebay.processors.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.names.NameTraining.Example;
import dev.forebay.processors.names.NameTraining.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.namefind.BioCodec;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameModelTest {
    private static final List<Example> EXAMPLES = SmallModel.examples(7, 200);
    private static final int MILLION = 1_000_000;
    private static final double MOST_SECONDS = 60;

    @Test
    void namesAreFoundAtTheirPlaces() throws UnfitModelException {
        NameModel model = NameModel.read(SmallModel.file());
        String text =
                "😀 My name is José O'Brien and I live in Bad Homburg.\n\nPlease call e\u0301 Zoë Novák about the refund!";

        assertThat(found(model, text).stream()
                        .map(name -> name.entity() + " " + text.substring(name.start(), name.end())))
                .containsExactly("person José O'Brien", "city Bad Homburg", "person Zoë Novák");
        assertThat(found(model, text))
                .allSatisfy(name -> assertThat(name.probability()).isBetween(0.5, 1.0));
    }

    @Test
    void nearlyAllOfThePlainExamplesAreFound() throws UnfitModelException {
        NameModel model = NameModel.read(SmallModel.file());
        long right = EXAMPLES.stream()
                .filter(example -> places(model, example.text()).equals(example.names()))
                .count();

        assertThat(right).isGreaterThan(190);
    }

    @Test
    void finderFindsWhatOpenNlpsOwnFinds() throws UnfitModelException, IOException {
        for (byte[] file : List.of(
                SmallModel.file(),
                NameTraining.train(EXAMPLES, "PERCEPTRON", 0, new BioCodec()),
                NameTraining.train(EXAMPLES, "MAXENT", 0, new BilouCodec()))) {
            NameModel model = NameModel.read(file);
            NameFinderME theirs = new NameFinderME(new TokenNameFinderModel(new ByteArrayInputStream(file)));
            int names = 0;
            for (Example example : SmallModel.examples(11, 100)) {
                List<Name> expected = new ArrayList<>();
                for (SentenceScan scan = new SentenceScan(example.text()); scan.next(); ) {
                    for (Span span : theirs.find(scan.words())) {
                        expected.add(new Name(
                                span.getType(),
                                scan.start(span.getStart()),
                                scan.end(span.getEnd() - 1),
                                span.getProb()));
                    }
                }
                theirs.clearAdaptiveData();
                names += expected.size();
                assertThat(found(model, example.text())).as(example.text()).isEqualTo(expected);
            }
            assertThat(names).isGreaterThan(100);
        }
    }

    /** OpenNLP learns from the beginning of a text for its end: not from one tenant's text for that of another. */
    @Test
    void textIsForgottenBehindIt() throws UnfitModelException {
        NameModel used = NameModel.read(SmallModel.file());
        List<String> texts = List.of(
                "Is there a shop in Olga Meier?",
                "Please call Paris about the refund!",
                "Olga Meier",
                "Paris",
                "Meier Berlin");
        for (int i = 0; i < 20; i++) {
            for (String text : texts) {
                assertThat(found(used, text)).as(text).isEqualTo(found(NameModel.read(SmallModel.file()), text));
            }
        }
    }

    @Test
    void threadsDoNotDisturbOneAnother() throws UnfitModelException, InterruptedException, ExecutionException {
        NameModel model = NameModel.read(SmallModel.file());
        List<List<Name>> alone =
                EXAMPLES.stream().map(example -> found(model, example.text())).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<List<Name>>>> together = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                together.add(threads.submit(() -> EXAMPLES.stream()
                        .map(example -> found(model, example.text()))
                        .toList()));
            }
            for (Future<List<List<Name>>> one : together) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nameAtTheEndOfAWindowIsFoundWhole() throws UnfitModelException {
        NameModel model = NameModel.read(SmallModel.file());
        for (int before = SentenceScan.MOST_WORDS - 8; before < SentenceScan.MOST_WORDS + 2; before++) {
            String text = "and ".repeat(before) + "my name is Anna Meier and I live in Oslo " + "and ".repeat(30);

            assertThat(found(model, text).stream().map(name -> text.substring(name.start(), name.end())))
                    .as("%d words before", before)
                    .contains("Anna Meier");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A ",
                "Anna ",
                "1",
                ".",
                ". ",
                "é",
                "e\u0301",
                "中",
                "\uD83D",
                "😀",
                "-",
                "Anna Meier. ",
                "\n\n"
            })
    void longTextTakesTimeInProportion(String piece) throws UnfitModelException {
        NameModel model = NameModel.read(SmallModel.file());
        String text = piece.repeat(MILLION / 5 / piece.length());
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        found(model, text);

        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
        assertThat(seconds).as("'%s', 200,000 characters of it", piece).isLessThan(MOST_SECONDS / 5);
    }

    private static List<Place> places(NameModel model, String text) {
        return found(model, text).stream()
                .map(name -> new Place(name.entity(), name.start(), name.end()))
                .toList();
    }

    private static List<Name> found(NameModel model, String text) {
        List<Name> found = new ArrayList<>();
        model.find(text, found::add);
        return found;
    }
}
