package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.LabelScore;
import dev.forebay.worker.infer.ModelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifyTaskTest {
    private static final FakeModel MODEL = new FakeModel(Map.of(
            "east", new float[] {1, 0},
            "north", new float[] {0, 1},
            "also north", new float[] {0, 2},
            "west", new float[] {-1, 0}));

    @Test
    void everyLabelHasAScoreHighestFirst() {
        Classification outcome = classify(0.5, new float[] {0.6f, 0.8f}, "west", "east", "north");

        assertThat(outcome.getLabel()).isEqualTo("north");
        assertThat(outcome.getScores()).extracting(LabelScore::getLabel).containsExactly("north", "east", "west");
        assertThat(outcome.getScore()).isEqualTo(outcome.getScores().get(0).getScore());
        assertThat(outcome.getScores().stream()
                        .mapToDouble(LabelScore::getScore)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void scoresAreTheSoftmaxOfCosinesOverTheTemperature() {
        Classification outcome = classify(0.5, new float[] {3, 0}, "east", "north");

        double odds = Math.exp((1 - 0) / 0.5);
        assertThat(outcome.getScore()).isCloseTo(odds / (odds + 1), within(1e-9));
    }

    @Test
    void equalScoresStandInTheOrderOfTheLabels() {
        assertThat(classify(0.1, new float[] {0, 1}, "also north", "north", "east")
                        .getLabel())
                .isEqualTo("also north");
        assertThat(classify(0.1, new float[] {0, 1}, "north", "also north", "east")
                        .getLabel())
                .isEqualTo("north");
    }

    @Test
    void theSmallestTemperatureStillGivesNumbers() {
        Classification outcome = classify(0.001, new float[] {1, 0}, "west", "east", "north");

        assertThat(outcome.getScores())
                .allSatisfy(score -> assertThat(score.getScore()).isBetween(0.0, 1.0));
        assertThat(outcome.getScore()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aVectorOfZerosGivesEveryLabelTheSame() {
        assertThat(classify(0.1, new float[] {0, 0}, "west", "east").getScore()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aLabelThatCannotBeEncodedIsNamed() {
        TaskConfig.Classify config = new TaskConfig.Classify(
                "triage", Task.Overlong.TRUNCATE, List.of(new Label("broken", "no such text")), 0.1, true);

        assertThatThrownBy(() -> config.over(MODEL))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("broken");
    }

    private static Classification classify(double temperature, float[] vector, String... labels) {
        List<Label> described =
                List.of(labels).stream().map(label -> new Label(label, label)).toList();
        Task task = new TaskConfig.Classify("triage", Task.Overlong.REJECT, described, temperature, true).over(MODEL);
        assertThat(task.name()).isEqualTo("triage");
        assertThat(task.overlong()).isEqualTo(Task.Overlong.REJECT);
        assertThat(task.model().name()).isEqualTo("fake");
        Task.Plan plan = task.plan("some text");
        assertThat(plan.texts()).containsExactly("some text");
        assertThat(plan.truncated()).isFalse();
        return (Classification) plan.outcome(List.of(vector));
    }
}
