package dev.forebay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String VALUE = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void traceIdIsTheSecondField() {
        assertThat(TraceParent.traceId(VALUE)).contains(TRACE);
    }

    @Test
    void laterVersionMayHaveMoreFields() {
        assertThat(TraceParent.traceId("cc" + VALUE.substring(2) + "-what-the-future-brings"))
                .contains(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-ab-cd-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"
            })
    void whatTheStandardDoesNotAllowHasNoTrace(String value) {
        assertThat(TraceParent.traceId(value)).isEmpty();
    }
}
