package dev.forebay.processors.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void textsComeBackAsTheyWereAndEmptyIsNotAbsent() {
        for (List<String> texts : List.of(
                Arrays.asList("gold", null, "", "Zürich \uD83D\uDE00"),
                Arrays.asList((String) null),
                List.<String>of())) {
            assertThat(Row.decode(Row.encode(texts))).isEqualTo(texts);
        }
    }
}
