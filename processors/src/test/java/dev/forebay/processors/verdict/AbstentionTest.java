package dev.forebay.processors.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AbstentionTest {
    private final Abstention abstention = new Abstention(0.5, Map.of("digest", 0.0, "strict", 0.9));

    @Test
    void scoreBelowTheThresholdIsReviewedAndSaysSo() {
        assertThat(abstention.reasonToReview(Results.labelled("refund", 0.4999999)))
                .contains("The score 0.4999999 is below the threshold 0.5.");
    }

    @Test
    void scoreAtTheThresholdIsReleased() {
        assertThat(abstention.reasonToReview(Results.labelled("refund", 0.5))).isEmpty();
    }

    @Test
    void thresholdOfATaskWins() {
        assertThat(abstention.reasonToReview(Results.labelled("strict", "refund", 0.8, Map.of())))
                .contains("The score 0.8 is below the threshold 0.9.");
        assertThat(abstention.reasonToReview(Results.labelled("digest", "refund", 0.1, Map.of())))
                .isEmpty();
    }

    @Test
    void scoreThatIsNotANumberIsReviewed() {
        assertThat(abstention.reasonToReview(Results.labelled("refund", Double.NaN)))
                .isPresent();
    }

    @Test
    void outcomeWithoutAScoreIsReleased() {
        assertThat(abstention.reasonToReview(Results.embedded(Map.of()))).isEmpty();
    }
}
