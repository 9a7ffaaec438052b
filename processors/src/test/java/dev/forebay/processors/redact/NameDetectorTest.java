package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.names.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameDetectorTest {
    /** What a model says is between the guillemets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "I am »Anna Meier«.                     | I am [NAME].",
                "»Anna Meier 4111 1111 1111 1111« sent  | [NAME] [CARD] sent",
                "4111 1111 1111 1111 »Anna«             | [CARD] [NAME]",
                "»Anna Meier <anna@example.org«>        | [NAME] <[EMAIL]>",
                "»Anna meier«@example.org               | [NAME] [EMAIL]",
                "x@»Meier«.example.org                  | [EMAIL]",
                "»Anna DE«89 3704 0044 0532 0130 00     | [NAME] [IBAN]",
                "»Anna 192.0.2.7 Meier«                 | [NAME] [IP] [NAME]",
                "»O'Brien-Smith«, »J. R.« Meier         | [NAME], [NAME] Meier",
                "{`name`:`»Zoë Novák«`,`n`:1}           | {`name`:`[NAME]`,`n`:1}",
                "Dear [»NAME«], [»EMAIL] and Anna«      | Dear [NAME], [EMAIL] [NAME]",
                "»e\u0301 😀 Ó«! »Zoe\u0308«,           | [NAME]! [NAME],",
                "»😀«, »-«, »12«                        | 😀, -, 12",
            })
    void nameYieldsToWhatIsNoName(String marked, String redacted) {
        List<Name> names = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (char c : marked.replace('`', '"').toCharArray()) {
            if (c == '»') {
                start = text.length();
            } else if (c == '«') {
                names.add(new Name("person", start, text.length(), 0.9));
            } else {
                text.append(c);
            }
        }

        assertThat(redactor(names, "person", 0).redact(text.toString(), "acme", new HashMap<>()))
                .isEqualTo(redacted.replace('`', '"'));
    }

    @Test
    void declaredPatternWinsOverANameThatItOverlaps() {
        Detector pattern = new PatternDetector("vip", com.google.re2j.Pattern.compile("Meier AG"), null);
        Detector name = new NameDetector("name", source(List.of(new Name("person", 0, 10, 1))), "person", 0);

        assertThat(new Redactor(List.of(name, pattern), Replacement.MASK)
                        .redact("Anna Meier AG", "acme", new HashMap<>()))
                .isEqualTo("Anna [VIP]");
    }

    @Test
    void onlyTheEntityThatWasAskedForAndLikelyEnoughCounts() {
        List<Name> names =
                List.of(new Name("person", 0, 4, 0.6), new Name("city", 5, 9, 0.9), new Name("person", 10, 14, 0.59));
        Map<String, Integer> counts = new HashMap<>();

        assertThat(redactor(names, "person", 0.6).redact("Anna Oslo Olga", "acme", counts))
                .isEqualTo("[NAME] Oslo Olga");
        assertThat(counts).isEqualTo(Map.of("name", 1));
    }

    private static Redactor redactor(List<Name> names, String entity, double least) {
        List<Detector> detectors = new ArrayList<>(Redactors.WITHOUT_PHONE);
        detectors.add(new NameDetector("name", source(names), entity, least));
        return new Redactor(detectors, Replacement.MASK);
    }

    private static NameDetector.Source source(List<Name> names) {
        return (text, found) -> names.forEach(found);
    }
}
