package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultMatrixTableTest {
    @Test
    void everyFaultOfTheMatrixHasACaseAndNoIdIsThereTwice() {
        List<String> ids = FaultMatrix.cases().stream().map(FaultCase::id).toList();
        List<String> faults = Stream.concat(
                        IntStream.rangeClosed(1, 28).boxed(),
                        IntStream.rangeClosed(33, 36).boxed())
                .map(number -> "F" + number)
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().map(id -> id.replaceAll("[a-z]$", "")).distinct())
                .containsExactlyInAnyOrderElementsOf(faults);
    }

    @Test
    void whatIsExpectedToFailSaysWhy() {
        assertThat(FaultMatrix.cases().stream().flatMap(fault -> fault.failing().values().stream()))
                .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(20));
    }
}
