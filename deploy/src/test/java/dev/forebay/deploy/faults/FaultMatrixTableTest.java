package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultMatrixTableTest {
    @Test
    void everyFaultOfTheMatrixHasACaseAndNoIdIsThereTwice() {
        List<String> ids = FaultMatrix.cases().stream().map(FaultCase::id).toList();
        List<String> faults = Stream.of(
                        IntStream.rangeClosed(1, 28).mapToObj(number -> "F" + number),
                        IntStream.rangeClosed(33, 36).mapToObj(number -> "F" + number),
                        Stream.of("STORM"))
                .flatMap(Function.identity())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().map(id -> id.replaceAll("[a-z]$", "")).distinct())
                .containsExactlyInAnyOrderElementsOf(faults);
    }
}
