package dev.forebay.processors.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UncalibratedTest {
    @Test
    void everyResultIsCountedWhateverIsSaidOfIt() {
        Uncalibrated uncalibrated = new Uncalibrated();
        for (int i = 0; i < 500; i++) {
            uncalibrated.note(new Confidence.Unknown("model " + i / 2));
        }

        assertThat(uncalibrated.count()).isEqualTo(500);
    }
}
