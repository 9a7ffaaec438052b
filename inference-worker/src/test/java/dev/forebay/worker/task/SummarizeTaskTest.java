package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.record.Span;
import dev.forebay.schemas.record.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummarizeTaskTest {
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] NORTH_EAST = {0.7f, 0.7f};
    private static final float[] SOUTH = {0, -1};

    @Test
    void aShortTextIsGivenWhole() {
        Task.Plan plan = task(3).plan(" One 😀.  Two. ");

        Summary summary = (Summary) plan.outcome(List.of(EAST, NORTH));

        assertThat(summary.getText()).isEqualTo("One 😀. Two.");
        assertThat(summary.getSpans()).containsExactly(new Span(1, 7), new Span(9, 13));
    }

    @Test
    void chosenSentencesStandInTheOrderOfTheSource() {
        Task.Plan plan = task(2).plan("Far off. Near one. Near two. Far too.");

        Summary summary = (Summary) plan.outcome(List.of(SOUTH, NORTH_EAST, EAST, NORTH));

        assertThat(summary.getText()).isEqualTo("Near one. Near two.");
    }

    @Test
    void theSameSentenceIsNotChosenTwiceWhereThereIsAnother() {
        List<float[]> vectors = List.of(NORTH_EAST, NORTH_EAST, NORTH_EAST, EAST);

        assertThat(SentenceChoice.choose(vectors, 2)).containsExactly(0, 3);
    }

    @Test
    void amongEqualsTheFirstIsChosen() {
        assertThat(SentenceChoice.choose(Collections.nCopies(5, EAST), 1)).containsExactly(0);
        assertThat(SentenceChoice.choose(Collections.nCopies(5, EAST), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void vectorsOfZerosAreChosenLikeAnyOther() {
        assertThat(SentenceChoice.choose(Collections.nCopies(4, new float[2]), 2))
                .hasSize(2);
    }

    @Test
    void aTextOfTooManySentencesSaysThatItWasCut() {
        Task.Plan plan = task(1).plan("A sentence. ".repeat(SummarizeTask.MAX_SENTENCES + 1));

        assertThat(plan.texts()).hasSize(SummarizeTask.MAX_SENTENCES);
        assertThat(plan.truncated()).isTrue();
        List<float[]> vectors = new ArrayList<>(Collections.nCopies(SummarizeTask.MAX_SENTENCES, SOUTH));
        assertThat(((Summary) plan.outcome(vectors)).getSpans()).hasSize(1);
    }

    private static Task task(int sentences) {
        return new TaskConfig.Summarize("digest", Task.Overlong.TRUNCATE, sentences, true)
                .over(new FakeModel(Map.of()));
    }
}
