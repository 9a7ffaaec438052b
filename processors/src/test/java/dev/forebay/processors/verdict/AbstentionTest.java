package dev.forebay.processors.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.confidence.Confidence;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbstentionTest {
    private final Abstention abstention = new Abstention(0.5, Map.of("digest", 0.0, "strict", 0.9));

    @Test
    void scoreBelowTheThresholdIsReviewedAndSaysSo() {
        assertThat(abstention.reasonToReview("triage", new Confidence.Score(0.4999999)))
                .contains("The score 0.4999999 is below the threshold 0.5.");
    }

    @Test
    void scoreAtTheThresholdIsReleased() {
        assertThat(abstention.reasonToReview("triage", new Confidence.Score(0.5)))
                .isEmpty();
    }

    @Test
    void calibratedConfidenceCountsAndNotItsScore() {
        assertThat(abstention.reasonToReview("triage", new Confidence.Calibrated(0.9, 0.4)))
                .contains("The confidence 0.4, of the score 0.9, is below the threshold 0.5.");
        assertThat(abstention.reasonToReview("triage", new Confidence.Calibrated(0.1, 0.5)))
                .isEmpty();
    }

    @Test
    void unknownConfidenceReachesNoThresholdButThatOfZero() {
        Confidence unknown = new Confidence.Unknown("Another model.");

        assertThat(abstention.reasonToReview("triage", unknown)).contains("Its confidence is unknown. Another model.");
        assertThat(abstention.reasonToReview("digest", unknown)).isEmpty();
    }

    @Test
    void thresholdOfATaskWins() {
        assertThat(abstention.reasonToReview("strict", new Confidence.Score(0.8)))
                .contains("The score 0.8 is below the threshold 0.9.");
        assertThat(abstention.reasonToReview("digest", new Confidence.Score(0.1)))
                .isEmpty();
    }

    @Test
    void whatIsNotANumberIsReviewed() {
        assertThat(abstention.reasonToReview("triage", new Confidence.Score(Double.NaN)))
                .isPresent();
        assertThat(abstention.reasonToReview("triage", new Confidence.Calibrated(Double.NaN, Double.NaN)))
                .isPresent();
    }

    @Test
    void outcomeWithoutALabelIsReleased() {
        assertThat(abstention.reasonToReview("triage", new Confidence.None())).isEmpty();
    }
}
