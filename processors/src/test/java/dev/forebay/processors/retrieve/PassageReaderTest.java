package dev.forebay.processors.retrieve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.format.JsonFormat;
import dev.forebay.processors.format.Notation;
import dev.forebay.processors.format.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageReaderTest {
    private static final Notation POINTERS = new Notation.Pointers();
    private static final Place TENANT = POINTERS.place("/tenant");

    @Test
    void passageHasItsVectorAtLengthOneAndItsTexts() {
        Passage passage = good("{\"v\": [3, 4.0], \"tenant\": \"acme\", \"text\": \"Hello\", \"page\": 7}");

        assertThat(passage.key()).isEqualTo("k");
        assertThat(passage.tenant()).isEqualTo("acme");
        assertThat(passage.vector().numbers()).containsExactly(0.6f, 0.8f);
        assertThat(passage.texts()).containsExactly("Hello", "7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            textBlock =
                    """
        {"v": [1, 0], "tenant": "a", "text": "t"}                  | The field '/page' is not there.
        {"v": [1, 0], "tenant": "a", "text": null, "page": 1}      | The field '/text' is null.
        {"v": [1, 0], "tenant": "a", "text": "\\ud800", "page": 1} | The field '/text' has half a surrogate pair.
        {"v": [1, 0], "text": "t", "page": 1}                      | The field '/tenant' has to be the name of a tenant
        {"v": [1, 0], "tenant": null, "text": "t", "page": 1}      | The field '/tenant' has to be the name of a tenant
        {"v": [1, 0], "tenant": " ", "text": "t", "page": 1}       | The field '/tenant' has to be the name of a tenant
        {"v": [1, 0], "tenant": ["a"], "text": "t", "page": 1}     | The field '/tenant' has to be the name of a tenant
        {"tenant": "a", "text": "t", "page": 1}                    | The field '/v' is not there, and has to be an array of numbers.
        {"v": "1,0", "tenant": "a", "text": "t", "page": 1}        | The field '/v' is a string, and has to be an array of numbers.
        {"v": [1], "tenant": "a", "text": "t", "page": 1}          | The field '/v' has 1 numbers, where dimensions says 2.
        {"v": [1, 0, 0], "tenant": "a", "text": "t", "page": 1}    | The field '/v' has 3 numbers, where dimensions says 2.
        {"v": [1, "0"], "tenant": "a", "text": "t", "page": 1}     | The field '/v' has a string where its number 2 has to be.
        {"v": [1, 1e99], "tenant": "a", "text": "t", "page": 1}    | The field '/v' has a number that is not finite.
        {"v": [0, 0.0], "tenant": "a", "text": "t", "page": 1}     | The field '/v' has only zeros, and so no direction.
        {"v": [1, 0], "tenant":                                    | The value is not one JSON value
        """)
    void recordThatIsNoWholePassageIsNone(String json, String why) {
        assertThat(refusal(json)).startsWith(why);
    }

    @Test
    void nameOfATenantIsBounded() {
        String json = "{\"v\": [1, 0], \"tenant\": \"" + "a".repeat(2_000) + "\", \"text\": \"t\", \"page\": 1}";

        assertThat(refusal(json)).contains("'/tenant'");
    }

    @Test
    void keyIsATextOfBoundedLength() {
        assertThat(PassageReader.key("k-7".getBytes(UTF_8)).<String>fold(good -> good.value(), bad -> ""))
                .isEqualTo("k-7");
        assertThat(PassageReader.key(new byte[] {(byte) 0xff}).<String>fold(good -> "", bad -> bad.message()))
                .contains("UTF-8");
        assertThat(PassageReader.key(new byte[4_097]).<String>fold(good -> "", bad -> bad.message()))
                .isEqualTo("Its key has over 4096 bytes.");
    }

    private static Passage good(String json) {
        return reader().read("k", json.getBytes(UTF_8)).fold(good -> good.value(), bad -> {
            throw new AssertionError(bad.message());
        });
    }

    private static String refusal(String json) {
        return reader().read("k", json.getBytes(UTF_8)).fold(good -> "", bad -> bad.message());
    }

    private static PassageReader reader() {
        return new PassageReader(
                new JsonFormat(),
                new PassageShape(POINTERS.place("/v"), 2, TENANT),
                List.of(POINTERS.place("/text"), POINTERS.place("/page")));
    }
}
