package dev.forebay.processors.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LettersTest {
    @Test
    void wordsAreKeptWithoutNumbersAndAddresses() {
        assertThat(Letters.of("Hello,  World! See https://example.org/a or write to\tANN@example.org, order 4711.")
                        .words())
                .isEqualTo("hello, world! see or write to order .");
    }

    @Test
    void scriptWithoutSpacesKeepsItsTextBesideNumbersAndAddresses() {
        assertThat(Letters.of("订单4711在哪里").words()).isEqualTo("订单 在哪里");
        assertThat(Letters.of("请写信给ann@example.org谢谢").words())
                .startsWith("请写信给")
                .endsWith("谢谢");
    }

    @Test
    void onlyTheBeginningIsLookedAt() {
        assertThat(Letters.of("word ".repeat(1_000)).words()).hasSize(Letters.MOST);
        assertThat(Letters.of("字".repeat(1_000)).words()).hasSize(Letters.MOST);
        assertThat(Letters.of("").words()).isEmpty();
        assertThat(Letters.of(" \n4711 ").words()).isEmpty();
    }

    @Test
    void gramsAreRowsOfUpToThree() {
        assertThat(Letters.of("Anna").grams()).containsExactlyInAnyOrder("a", "n", "an", "nn", "na", "ann", "nna");
    }

    @Test
    void hostileTextsTakeNoLonger() {
        for (String piece : List.of("a", "@", "a@a ", "/ ", "4", " ", "\uD83D", "字")) {
            String text = piece.repeat(1_000_000);
            Assertions.assertTimeout(
                    Duration.ofSeconds(10), () -> LanguageModel.get().guess(Letters.of(text)));
        }
    }
}
