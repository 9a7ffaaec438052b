package dev.forebay.worker.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final List<String> CPUINFO =
            List.of("processor : 0", "model name\t: Some CPU", "flags\t\t: fpu avx2 avx512f", "processor : 1");

    @Test
    void theSameMachineHasTheSameKey() {
        Machine machine = Machine.of(CPUINFO, 2, "pytorch 2.7.1", "cpu");

        assertThat(machine.processor()).isEqualTo("Some CPU");
        assertThat(machine.key())
                .matches("[0-9a-f]{12}")
                .isEqualTo(Machine.of(
                                List.of("model name : Some CPU", "flags : avx512f fpu avx2"), 2, "pytorch 2.7.1", "cpu")
                        .key());
    }

    @Test
    void whateverChangesSpeedChangesTheKey() {
        String key = Machine.of(CPUINFO, 2, "pytorch 2.7.1", "cpu").key();

        assertThat(List.of(
                        Machine.of(CPUINFO, 4, "pytorch 2.7.1", "cpu").key(),
                        Machine.of(CPUINFO, 2, "pytorch 2.8.0", "cpu").key(),
                        Machine.of(CPUINFO, 2, "pytorch 2.7.1", "gpu:0").key(),
                        Machine.of(List.of("model name : Other CPU"), 2, "pytorch 2.7.1", "cpu")
                                .key(),
                        Machine.of(List.of("model name : Some CPU", "flags : fpu"), 2, "pytorch 2.7.1", "cpu")
                                .key()))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPlatformWithoutThatFileHasAKeyToo() {
        assertThat(Machine.of(List.of(), 2, "pytorch 2.7.1", "cpu").processor()).isNotBlank();
        assertThat(Machine.here("pytorch 2.7.1", "cpu").cores()).isPositive();
    }
}
