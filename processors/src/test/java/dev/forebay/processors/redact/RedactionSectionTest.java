package dev.forebay.processors.redact;

import static dev.forebay.processors.event.Events.STAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.processors.names.SmallModel;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.schemas.record.Lane;
import dev.forebay.schemas.record.Request;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionSectionTest {
    private static final String TEXT = "Call 030 1234567 or write to anna@example.org about 4111 1111 1111 1111.";

    @TempDir
    private Path directory;

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

    @Test
    void typesOfModelsAreChosenByTenantsLikeTheOthers() {
        Redaction redaction = read(
                """
                types: [email, name]
                models: [%s, %s]
                tenants: {acme: {types: town}, none: {types: email}}
                """
                        .formatted(
                                SmallModel.yaml(directory, "name", "person"),
                                SmallModel.yaml(directory, "town", "city")));
        String text = "My name is Anna Meier and I live in Berlin. a@b.org";

        Request redacted = redaction.redact(request(text, "other", Map.of()));
        assertThat(redacted.getText()).isEqualTo("My name is [NAME] and I live in Berlin. [EMAIL]");
        assertThat(redacted.getAttributes()).isEqualTo(Map.of("redacted", "email=1 name=1"));
        assertThat(redaction.redact(request(text, "acme", Map.of())).getText())
                .isEqualTo("My name is Anna Meier and I live in [TOWN]. a@b.org");
        assertThat(redaction.redact(request(text, "none", Map.of())).getText())
                .isEqualTo("My name is Anna Meier and I live in Berlin. [EMAIL]");
        assertThat(redaction.redact(redacted).getText()).as("again").isEqualTo(redacted.getText());
    }

    @Test
    void namesBecomeTokensAsWell() {
        String secret = "correct horse battery staple, 2026";
        Redaction redaction = read("{types: name, replace: token, secret: '" + secret + "', models: ["
                + SmallModel.yaml(directory, "name", "person") + "]}");
        String text = "Please call José O'Brien about the refund!";

        String redacted = redaction.redact(request(text, "acme", Map.of())).getText();

        assertThat(redacted).startsWith("Please call [NAME:").endsWith("] about the refund!");
        assertThat(new Tokens(secret).restore(redacted, "acme")).isEqualTo(text);
        assertThat(redaction.redact(request(redacted, "acme", Map.of())).getText())
                .isEqualTo(redacted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type: name, file: FILE, sha256: SUM, entity: place | entity | Write which one is the type name, for example entity: city.",
                "type: name, file: FILE, sha256: SUM                | entity | Write which one is the type name, for example entity: city.",
                "type: name, file: FILE, sha256: 00, entity: city   | sha256 | That of the file is SUM. Write this where it is the file that you mean; else get the file again.",
                "type: name, file: FILE, entity: city               | sha256 | Add it, for example sha256: the output of sha256sum.",
                "type: name, sha256: SUM                            | file   | Add it, for example file: /etc/forebay/names.bin.",
                "type: name, file: FILE/none, sha256: SUM           | file   | Check that it is there and may be read.",
                "type: name, file: LARGE, sha256: SUM               | file   | Train a smaller one, with a larger cutoff.",
                "type: name, file: TEXT, sha256: TEXTSUM            | file   | It has no manifest.properties, as every model of OpenNLP has. Take another model, or train one.",
                "type: email, file: FILE, sha256: SUM, entity: city | type   | Rename it, for example type: name.",
                "type: name, file: FILE, sha256: SUM, entity: city, least: 2 | least | The default is 0.",
                "type: name, file: FILE, sha256: SUM, entity: city, lest: 0.5 | lest | Did you mean least?",
                "type: town, file: FILE, sha256: SUM, entity: city  | type   | Add town to types, of all or of a tenant, or remove the model."
            })
    void modelThatCannotBeUsedIsNotedWithItsFix(String model, String key, String fix) throws IOException {
        SmallModel.keys(directory, "name", "city");
        Files.writeString(directory.resolve("text"), "Hello");
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve("large").toFile(), "rw")) {
            large.setLength((32 << 20) + 1);
        }
        String entry = model.replace("FILE", directory.resolve("names.bin").toString())
                .replace("LARGE", directory.resolve("large").toString())
                .replace("TEXTSUM", "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969")
                .replace("TEXT", directory.resolve("text").toString())
                .replace("SUM", SmallModel.sha256());
        String types = model.contains("town") || model.contains("email") ? "email" : "name";
        Problems problems = new Problems();

        RedactionSection.read(
                YamlFile.parse("{types: [" + types + "], models: [{" + entry + "}]}", "test.yaml", problems));

        assertThat(problems.all())
                .extracting(Problem::key, Problem::fix)
                .containsExactly(tuple("models[0]." + key, fix.replace("SUM", SmallModel.sha256())));
    }

    @Test
    void typeIsOfOneModelOrPattern() {
        String model = SmallModel.yaml(directory, "name", "person");
        Problems problems = new Problems();

        RedactionSection.read(YamlFile.parse(
                "{types: name, models: [" + model + ", " + model + "], patterns: {name: a}}", "test.yaml", problems));

        assertThat(problems.all()).extracting(Problem::key).containsExactly("models[1].type", "patterns.name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{types: [emial]}                   | types         | There is no type emial. Did you mean email?",
                "{types: [passport-number]}         | types         | There is no type passport-number. Declare it below patterns or models.",
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
