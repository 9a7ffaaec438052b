package dev.forebay.processors.redact;

import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionSectionTest {
    private static final String TEXT = "Call 030 1234567 or write to anna@example.org about 4111 1111 1111 1111.";

    @Test
    void nothingIsRedactedUnlessATypeIsNamed() {
        Request request = request(TEXT, "acme", Map.of("mail", "anna@example.org"));

        assertThat(read("{}").redact(request)).isSameAs(request);
        assertThat(read("{region: DE, attributes: true}").redact(request)).isEqualTo(request);
    }

    @Test
    void maskSaysTheTypeAndTheAttributeHowMany() {
        Request redacted = read("{types: [email, phone, card, iban, ip], region: DE}")
                .redact(request(TEXT + " Or jan@x.org", "acme", Map.of("mail", "anna@example.org")));

        assertThat(redacted.getText()).isEqualTo("Call [PHONE] or write to [EMAIL] about [CARD]. Or [EMAIL]");
        assertThat(redacted.getAttributes())
                .isEqualTo(Map.of("mail", "anna@example.org", "redacted", "card=1 email=2 phone=1"));
    }

    @Test
    void attributesAreRedactedWhereThatIsAskedFor() {
        Redaction redaction = read("{types: email, attributes: true}");
        Map<String, String> attributes = Map.of("mail", "anna@example.org", "n", "7");

        assertThat(redaction.redact(request("Hello", "acme", attributes)).getAttributes())
                .isEqualTo(Map.of("mail", "[EMAIL]", "n", "7", "redacted", "email=1"));
        assertThat(redaction.redact(attributes, "acme"))
                .isEqualTo(Map.of("mail", "[EMAIL]", "n", "7", "redacted", "email=1"));
        assertThat(read("{types: email}").redact(attributes, "acme")).isEqualTo(attributes);
    }

    @Test
    void tokensNeedTheSecretToBeTurnedBack() {
        String secret = "correct horse battery staple, 2026";
        Redaction redaction = read("{types: email, replace: token, secret: '" + secret + "'}");

        String text = redaction.redact(request(TEXT, "acme", Map.of())).getText();

        assertThat(text).startsWith("Call 030 1234567 or write to [EMAIL:");
        assertThat(new Tokens(secret).restore(text, "acme")).isEqualTo(TEXT);
    }

    @Test
    void tenantHasAPolicyOfItsOwnAndTheRestFromAll() {
        Redaction redaction = read(
                """
                types: [email, phone]
                region: DE
                secret: correct horse battery staple, 2026
                tenants: {acme: {types: card, replace: token}, none: {types: []}}
                """);

        assertThat(redaction.redact(request(TEXT, "other", Map.of())).getText())
                .isEqualTo("Call [PHONE] or write to [EMAIL] about 4111 1111 1111 1111.");
        assertThat(redaction.redact(request(TEXT, "acme", Map.of())).getText())
                .startsWith("Call 030 1234567 or write to anna@example.org about [CARD:");
        assertThat(redaction.redact(request(TEXT, "none", Map.of())).getText()).isEqualTo(TEXT);
    }

    @Test
    void declaredTypesHaveAPatternAndMayHaveACheck() {
        Redaction redaction = read(
                """
                patterns:
                  ssn: '\\b\\d{3}-\\d{2}-\\d{4}\\b'
                  tax-id: {pattern: '\\b\\d{11}\\b', check: mod11-10}
                """);

        assertThat(redaction
                        .redact(request("078-05-1120, 86095742719, 86095742718", "acme", Map.of()))
                        .getText())
                .isEqualTo("[SSN], [TAX-ID], 86095742718");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{types: [emial]}                   | types         | There is no type emial. Did you mean email?",
                "{types: [passport-number]}         | types         | There is no type passport-number. Declare it below patterns.",
                "{types: email, replace: tokens}    | replace       | Did you mean token?",
                "{types: phone, region: Germany}    | region        | Write for example region: DE; quote NO. Leave it out where all numbers have a country code.",
                "{patterns: {email: a}}             | patterns.email | Rename the pattern.",
                "{patterns: {Pass Port: a}}         | patterns.Pass Port | Rename the pattern.",
                "{patterns: {id: {check: luhn}}}    | patterns.id.pattern | Add it, for example pattern: '\\b\\d{3}-\\d{2}-\\d{4}\\b'.",
                "{patterns: {id: {pattern: a, check: lun}}} | patterns.id.check | Did you mean luhn?",
                "{patterns: {id: {pattern: a, chek: luhn}}} | patterns.id.chek | Did you mean check?",
                "{patterns: {id: 'a('}}             | patterns.id   | RE2 says: missing closing ): a(. It has no look-around and no back-references.",
                "{tenants: {acme: {typs: [email]}}} | tenants.acme.typs | Did you mean types?",
                "{tenants: {acme: {secret: x}}}     | tenants.acme.secret | Remove it or choose from the list.",
                "{typs: [email]}                    | typs          | Did you mean types?"
            })
    void problemSaysWhereAndHow(String yaml, String key, String fix) {
        Problems problems = new Problems();

        RedactionSection.read(YamlFile.parse(yaml, "test.yaml", problems));

        assertThat(problems.all())
                .extracting(Problem::key, Problem::fix)
                .contains(tuple(key, fix))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{types: email, replace: token}",
                "{types: email, replace: token, secret: tooshort-hidden}",
                "{types: email, secret: tooshort-hidden}",
                "{types: email, tenants: {acme: {replace: token}}}"
            })
    void secretHasToBeThereAndLongAndIsNotShown(String yaml) {
        Problems problems = new Problems();

        RedactionSection.read(YamlFile.parse(yaml, "test.yaml", problems));

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).key()).isEqualTo("secret");
        assertThat(problems.all().get(0).toString()).doesNotContain("tooshort");
    }

    private static Redaction read(String yaml) {
        Problems problems = new Problems();
        Redaction redaction = RedactionSection.read(YamlFile.parse(yaml, "test.yaml", problems));
        problems.check();
        return redaction;
    }

    private static Request request(String text, String tenant, Map<String, String> attributes) {
        return new Request("r", "triage", tenant, text, attributes, Lane.LIVE, STAMP, null);
    }
}
