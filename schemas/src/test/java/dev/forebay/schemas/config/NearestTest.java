package dev.forebay.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("bootstrap.servers", "topic", "format", "text");

    @ParameterizedTest
    @CsvSource({"topics,topic", "topc,topic", "fromat,format", "bootstrap-server,bootstrap.servers", "txet,text"})
    void aMisspeltNameFindsItsLikeness(String given, String expected) {
        assertThat(Nearest.to(given, KNOWN)).contains(expected);
    }

    @Test
    void aNameThatIsLikeNoneFindsNone() {
        assertThat(Nearest.to("zzzzzzzz", KNOWN)).isEmpty();
        assertThat(Nearest.to("topic", List.of())).isEmpty();
    }

    @Test
    void theFirstOfTwoAsNearIsTaken() {
        assertThat(Nearest.to("ab", List.of("ac", "ad"))).contains("ac");
    }
}
