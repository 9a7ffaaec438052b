package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
    /** What a choice is made of. */
    private enum Mode {
        AT_LEAST_ONCE,
        QUEUE
    }

    private final Problems problems = new Problems();

    @Test
    void whatIsThereIsReadAndWhatIsNotHasItsDefault() {
        Section section = section("a: {s: x, i: 5, b: 1 MiB, n: 0.5, f: true, d: 250 ms, c: at-least-once, l: [1, 2]}");
        Section a = section.section("a");

        assertThat(a.string("s", "y")).isEqualTo("x");
        assertThat(a.string("no", "y")).isEqualTo("y");
        assertThat(a.optionalString("no")).isNull();
        assertThat(a.integer("i", 1, 0, 9)).isEqualTo(5);
        assertThat(a.integer("no", 1, 0, 9)).isEqualTo(1);
        assertThat(a.bytes("b", 1, 0, 1 << 30)).isEqualTo(1 << 20);
        assertThat(a.number("n", 1, 0, 1)).isEqualTo(0.5);
        assertThat(a.flag("f", false)).isTrue();
        assertThat(a.duration("d", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
        assertThat(a.choice("c", Mode.class, Mode.QUEUE)).isEqualTo(Mode.AT_LEAST_ONCE);
        assertThat(a.strings("l")).containsExactly("1", "2");
        assertThat(a.strings("s")).containsExactly("x");
        assertThat(a.section("no").keys()).isEmpty();
        a.done();
        section.done();
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30 s,30000", "30s,30000", "5 min,300000", "1 h,3600000", "2 d,172800000", "PT30S,30000", "0 ms,0"})
    void durationsHaveAUnit(String text, long millis) {
        assertThat(section("d: " + text).duration("d", Duration.ZERO)).isEqualTo(Duration.ofMillis(millis));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30",
                "s",
                "5 years",
                "'-5 s'",
                "99999999999999999999 s",
                "9999999999999999 d",
                "''",
                "PX",
                "'-PT5S'",
                "PT-5S"
            })
    void whatIsNoDurationKeepsTheDefault(String text) {
        assertThat(section("d: " + text).duration("d", Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));

        assertProblem("d: ", "a duration with its unit: ms, s, min, h or d", "Write for example d: 30 s.");
    }

    @ParameterizedTest
    @CsvSource({"100,100", "1 KiB,1024", "2MiB,2097152", "1 gib,1073741824"})
    void sizesMayHaveAUnit(String text, long bytes) {
        assertThat(section("b: " + text).bytes("b", 1, 0, Long.MAX_VALUE)).isEqualTo(bytes);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 MB", "many", "-1", "17179869184 GiB", "''"})
    void whatIsNoSizeKeepsTheDefault(String text) {
        assertThat(section("b: " + text).bytes("b", 5, 0, Long.MAX_VALUE)).isEqualTo(5);

        assertProblem("b: ", "a size in bytes such as 1048576 or 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "11", "-1", "1.5", "99999999999"})
    void aNumberOutOfItsRangeNamesTheRange(String text) {
        assertThat(section("i: " + text).integer("i", 5, 0, 10)).isEqualTo(5);

        assertProblem("i: '" + text + "'; allowed: a whole number from 0 to 10. The default is 5.");
    }

    @Test
    void notANumberIsNoNumber() {
        assertThat(section("n: .nan").number("n", 0.5, 0, 1)).isEqualTo(0.5);

        assertProblem("a number from 0 to 1. The default is 0.5.");
    }

    @ParameterizedTest
    @CsvSource({
        "0 ms, 0 s, 250 ms, 250 ms",
        "1 s, 1 s, 90 s, 90 s",
        "60 s, 1 min, 90 min, 90 min",
        "60 min, 1 h, 36 h, 36 h",
        "24 h, 1 d, 7 d, 7 d",
    })
    void aDurationOutOfItsRangeNamesTheRange(String least, String leastShown, String most, String mostShown) {
        Duration from = Quantity.duration(least);
        Duration to = Quantity.duration(most);

        assertThat(section("d: 8 d").duration("d", from, from, to)).isEqualTo(from);
        assertProblem("d", "8 d", "a duration from " + leastShown + " to " + mostShown, "d: " + leastShown + ".");
        assertThat(section("d: " + most).duration("d", from, from, to)).isEqualTo(to);
    }

    @Test
    void aKeyThatYamlReadsAsANumberIsItsText() {
        Section section = section("{7: seven, true: yes}");

        assertThat(section.keys()).containsExactly("7", "true");
        assertThat(section.string("7", "")).isEqualTo("seven");
        assertThat(section.has("true")).isTrue();
    }

    @Test
    void aChoiceNamesAllChoicesAndTheNearest() {
        assertThat(section("m: quue").choice("m", Mode.class, Mode.AT_LEAST_ONCE))
                .isEqualTo(Mode.AT_LEAST_ONCE);

        assertProblem("m: 'quue'; allowed: at-least-once, queue. Did you mean queue?");
    }

    @Test
    void aMissingTextShowsAnExample() {
        assertThat(section("a: {}").section("a").requiredString("bootstrap.servers", "localhost:9092"))
                .isEmpty();

        assertProblem("a.bootstrap.servers: missing; allowed: a text. Add it, for example "
                + "bootstrap.servers: localhost:9092.");
    }

    @Test
    void aFlagIsNothingElse() {
        assertThat(section("f: maybe").flag("f", true)).isTrue();

        assertProblem("f: 'maybe'; allowed: true or false. Write f: true.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ".", "..", "''", "ä"})
    void aTopicNameHasToBeLegal(String name) {
        assertThat(section("t: '" + name.replace("'", "") + "'").topicName("t", "good.name"))
                .isEqualTo("good.name");

        assertProblem("1 to 249 of a-z A-Z 0-9 . _ -");
    }

    @Test
    void aMapWhereAValueBelongsIsSaidWithoutShowingIt() {
        assertThat(section("a: {password: hunter2}").string("a", "x")).isEqualTo("x");

        assertProblem("a: '(a section)'; allowed: a single value. Write it on one line: a: value.");
    }

    @Test
    void aValueWhereAMapBelongsIsSaid() {
        assertThat(section("a: 5").section("a").keys()).isEmpty();

        assertProblem("a: 'a single value'; allowed: a map. Put its keys below a:, indented.");
    }

    @Test
    void listsSayWhatTheyHold() {
        assertThat(section("l: [{a: 1}]").strings("l")).isEmpty();
        assertThat(section("l: 5").sections("l")).isEmpty();
        assertThat(section("l: [{a: 1}, 5]").sections("l")).hasSize(1);

        assertThat(problems.all())
                .extracting(Problem::allowed)
                .containsExactly("a list of texts", "a list of maps", "a list of maps");
    }

    @Test
    void sectionsInListsAreNamedByPosition() {
        Section second = section("s: [{a: 1}, {a: x}]").sections("s").get(1);

        second.integer("a", 1, 0, 9);

        assertProblem("s[1].a: 'x'");
    }

    @Test
    void aKeyThatNobodyKnowsNamesTheNearest() {
        Section section = section("topic: x\nformat: y\nlimt: 5\nzzzzzzzzzz: 1");
        section.string("topic", "");
        section.string("format", "");
        section.integer("limit", 1, 0, 9);

        section.done();

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "limt: '5'; allowed: a known key: topic, format, limit. Did you mean limit?",
                        "zzzzzzzzzz: '1'; allowed: a known key: topic, format, limit. Remove it or choose from the list.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "basic.auth.user.info",
                "sasl.jaas.config",
                "ssl.key.password",
                "bearer.auth.token",
                "apiKey",
                "pasword"
            })
    void noProblemShowsASecret(String key) {
        Section section = section(key + ": hunter2");

        section.problem(key, "something else", "Change it.");

        assertThat(problems.all().get(0).toString().contains("hunter2"))
                .as("only a key that is not known to be secret shows its value")
                .isEqualTo(key.equals("pasword"));
    }

    @Test
    void aNumberOfTokensIsNoSecret() {
        section("max-tokens: many").integer("max-tokens", 1, 0, 9);

        assertProblem("max-tokens: 'many'");
    }

    @Test
    void propertiesAreFlat() {
        Section section = section("a: {b: {c: 1}, d.e: x, l: [1, 2], n: null}");

        assertThat(section.properties())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a.b.c", "1", "a.d.e", "x", "a.l", "1,2"));
        assertThat(section.flattened().string("a.b.c", "")).isEqualTo("1");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        Section section = section("a: x\nb: y");
        section.integer("a", 1, 0, 9);
        section.flag("b", true);

        assertThatThrownBy(problems::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a: 'x'")
                .hasMessageContaining("\nb: 'y'")
                .satisfies(e -> assertThat(((ConfigException) e).problems()).hasSize(2));
    }

    private Section section(String yaml) {
        return YamlFile.parse(yaml, "test.yaml", problems);
    }

    private void assertProblem(String... parts) {
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).toString()).contains(List.of(parts));
    }
}
