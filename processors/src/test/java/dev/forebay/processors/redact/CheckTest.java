package dev.forebay.processors.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
    /** Published examples of each algorithm. */
    @ParameterizedTest
    @CsvSource({
        "LUHN, 79927398713",
        "LUHN, 4111 1111 1111 1111",
        "LUHN, 046 454 286",
        "MOD97, 5493000IBP32UQZ0KL24",
        "MOD11_2, 0000-0002-1825-0097",
        "MOD11_2, 11010519491231002X",
        "MOD11_10, 86095742719",
        "MOD11_10, 69435151530",
        "VERHOEFF, 2363",
        "VERHOEFF, 123451"
    })
    void publishedExampleHoldsAndNoOtherLastDigitDoes(Check check, String number) {
        assertThat(check.holds(number)).isTrue();

        String head = number.substring(0, number.length() - 1);
        for (char digit = '0'; digit <= '9'; digit++) {
            if (digit != number.charAt(number.length() - 1)) {
                assertThat(check.holds(head + digit)).as("%s%s", head, digit).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"VERHOEFF, 123451", "MOD97, 5493000IBP32UQZ0KL24", "MOD11_2, 11010519491231002X"})
    void twoNeighboursThatAreExchangedAreNoticed(Check check, String number) {
        for (int i = 0; i + 1 < number.length(); i++) {
            String exchanged =
                    number.substring(0, i) + number.charAt(i + 1) + number.charAt(i) + number.substring(i + 2);
            assertThat(check.holds(exchanged)).as(exchanged).isEqualTo(exchanged.equals(number));
        }
    }
}
