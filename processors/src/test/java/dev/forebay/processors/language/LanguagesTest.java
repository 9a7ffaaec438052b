package dev.forebay.processors.language;

import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.Configs;
import dev.forebay.processors.event.Reason;
import dev.forebay.processors.language.Sentences.Sentence;
import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    private static final String GERMAN = "Seit gestern geht die Heizung im Schlafzimmer nicht mehr an.";
    private static final String ENGLISH = "The heating in the bedroom has not come on since yesterday.";
    private static final Sentences SENTENCES = Sentences.read();

    @Test
    void sentenceOfEachLanguageIsToldAndNoneIsSurelyTakenForAnother() {
        Languages languages = read("{detect: true}");

        for (Sentence sentence : SENTENCES.all()) {
            String told = told(languages, "acme", sentence.text());
            if (sentence.length().equals("long")) {
                assertThat(told).as(sentence.text()).isEqualTo(sentence.code());
            } else {
                assertThat(told).as(sentence.text()).isIn(sentence.code(), null);
            }
        }
    }

    @Test
    void languageThatIsNotAllowedIsRefusedByItsName() {
        Languages languages = read("{allowed: [en, fr]}");

        assertThat(refusal(languages, "acme", ENGLISH)).isEmpty();
        Reason reason = refusal(languages, "acme", GERMAN).orElseThrow();
        assertThat(reason.code()).isEqualTo(ReasonCode.LANGUAGE_NOT_ALLOWED);
        assertThat(reason.message())
                .isEqualTo("The text is in the language de; intake.language.allowed has en, fr."
                        + " Write in one of them, or have it changed.");
    }

    @Test
    void textThatCannotBeToldIsAcceptedUnlessItIsToBeRejected() {
        for (String text : List.of("OK", "4711 0815", "https://example.org/a/b/c/d/e/f", "%%%%%%%%%%%%%%%")) {
            assertThat(told(read("{allowed: en}"), "acme", text)).as(text).isNull();
            assertThat(refusal(read("{allowed: en}"), "acme", text)).as(text).isEmpty();
            assertThat(refusal(read("{allowed: en, unsure: reject}"), "acme", text))
                    .as(text)
                    .hasValueSatisfying(reason -> assertThat(reason.message())
                            .startsWith("The language of the text cannot be told; intake.language.allowed has en."));
        }
    }

    @Test
    void boundsSayWhatIsSure() {
        assertThat(told(read("{detect: true, min-chars: 200}"), "acme", GERMAN)).isNull();
        assertThat(told(read("{detect: true, margin: 1000}"), "acme", GERMAN)).isNull();
        assertThat(told(read("{detect: true, min-chars: 1, margin: 1.1}"), "acme", GERMAN))
                .isEqualTo("de");
    }

    @Test
    void tenantsHaveTheirOwn() {
        Languages languages =
                read("{allowed: en, tenants: {lab: {allowed: [de]}, any: {allowed: []}, off: {detect: false}}}");

        assertThat(refusal(languages, "acme", GERMAN)).isPresent();
        assertThat(refusal(languages, "lab", GERMAN)).isEmpty();
        assertThat(refusal(languages, "lab", ENGLISH)).isPresent();
        assertThat(refusal(languages, "any", GERMAN)).isEmpty();
        assertThat(told(languages, "any", GERMAN)).isNull();
        assertThat(refusal(languages, "off", GERMAN)).isEmpty();
        assertThat(told(languages, "off", GERMAN)).isNull();
    }

    @Test
    void sendersOwnAttributeDoesNotPassForOurs() {
        Languages languages = read("{detect: true, tenants: {off: {detect: false}}}");

        assertThat(languages.tell(request("acme", GERMAN, "en")).getAttributes())
                .isEqualTo(Map.of("language", "de"));
        assertThat(languages.tell(request("acme", "OK", "en")).getAttributes()).isEmpty();
        assertThat(languages.tell(request("off", GERMAN, "en")).getAttributes()).isEmpty();
        assertThat(Languages.none().tell(request("acme", GERMAN, "en")).getAttributes())
                .isEqualTo(Map.of("language", "en"));
    }

    @Test
    void codesAreTheShortOnesOfTheStandard() {
        assertThat(LanguageModel.get().codes())
                .hasSize(100)
                .contains("en", "de", "zh", "nb", "nn", "et", "lv", "fa", "mg", "he", "id", "ceb", "gsw")
                .doesNotContain("deu", "cmn", "iw", "in");
    }

    /** The model has two outcomes for each of these, neither of which is much likelier than the other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "et|Ma tellisin eelmisel nädalal kaks paari kindaid, aga karbis oli ainult üks paar.",
                "lv|Pagājušajā nedēļā es pasūtīju divus pārus cimdu, bet kastē bija tikai viens pāris.",
                "fa|هفته گذشته دو جفت دستکش سفارش دادم، اما در جعبه فقط یک جفت بود."
            })
    void languageWithTwoNamesIsOne(String code, String text) {
        assertThat(told(read("{detect: true}"), "acme", text)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{allowed: [en, xx]}|intake.language.allowed",
                "{allowed: english}|intake.language.allowed",
                "{detect: maybe}|intake.language.detect",
                "{allowed: en, unsure: drop}|intake.language.unsure",
                "{allowed: en, min-chars: 0}|intake.language.min-chars",
                "{allowed: en, margin: 1}|intake.language.margin",
                "{detect: true, unsure: reject}|intake.language.unsure",
                "{min-chars: 20}|intake.language.min-chars",
                "{tenants: {acme: {margin: 2}}}|intake.language.tenants.acme.margin",
                "{allow: en}|intake.language.allow"
            })
    void mistakesAreNamed(String language, String key) {
        assertThat(Configs.problems("intake: {language: " + language + "}"))
                .extracting(Problem::key)
                .containsExactly(key);
    }

    @Test
    void nameOfTheAttributeIsTakenWhereLanguagesAreTold() {
        String source = "sources: [{topic: a, format: json, text: /t, task: triage, attributes: {language: /l}}]";
        String enrich =
                "enrich: [{name: c, topic: crm, format: text, by: x, attributes: {language: ''}, missing: reject}]";

        assertThat(Configs.problems("intake: {" + source + "}")).isEmpty();
        assertThat(Configs.problems("intake: {" + enrich + "}")).isEmpty();
        assertThat(Configs.problems("intake: {language: {detect: true}, " + source + "}"))
                .extracting(Problem::key)
                .containsExactly("intake.sources[0].attributes");
        assertThat(Configs.problems("intake: {language: {detect: true}, " + enrich + "}"))
                .extracting(Problem::key)
                .containsExactly("intake.enrich[0].attributes.language");
    }

    private static Languages read(String yaml) {
        Problems problems = new Problems();
        Languages languages = LanguageSection.read(YamlFile.parse(yaml, "test.yaml", problems));
        problems.check();
        return languages;
    }

    private static @Nullable String told(Languages languages, String tenant, String text) {
        return languages.tell(request(tenant, text, null)).getAttributes().get("language");
    }

    private static Optional<Reason> refusal(Languages languages, String tenant, String text) {
        return languages.refuse(languages.tell(request(tenant, text, null)));
    }

    private static Request request(String tenant, String text, @Nullable String language) {
        Map<String, String> attributes = language == null ? Map.of() : Map.of("language", language);
        return new Request("r-1", "triage", tenant, text, attributes, Lane.LIVE, STAMP, null);
    }
}
