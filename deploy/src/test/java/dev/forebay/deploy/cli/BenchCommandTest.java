package dev.forebay.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchCommandTest {
    @Test
    void overheadIsMeasuredWithoutAModel() {
        CapturedConsole bench = CapturedConsole.run("bench", "--only", "overhead", "--tiny");

        assertThat(bench.code()).as("%s", bench.err()).isZero();
        assertThat(bench.out()).containsPattern("records/s");
    }

    @Test
    void tooFewRoundsAndUnknownPartsAreUsageErrors() {
        assertThat(CapturedConsole.run("bench", "--rounds", "4").err()).contains("at least 5");
        assertThat(CapturedConsole.run("bench", "--rounds", "4").code()).isEqualTo(2);
        assertThat(CapturedConsole.run("bench", "--only", "pipelin").err()).contains("Did you mean pipeline?");
    }
}
