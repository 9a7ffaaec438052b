package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.YamlFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksConfigTest {
    private final Problems problems = new Problems();

    @Test
    void theThreeKindsAreReadInOrder() {
        List<TaskConfig> tasks = read(
                """
                tasks:
                  triage:
                    task: classify
                    labels: {billing: a question about an invoice, card_lost: a card that is gone}
                    temperature: 0.05
                    overlong: reject
                  vec: {task: embed}
                  digest: {task: summarize, sentences: 5}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(tasks)
                .containsExactly(
                        new TaskConfig.Classify(
                                "triage",
                                Task.Overlong.REJECT,
                                List.of(
                                        new Label("billing", "a question about an invoice"),
                                        new Label("card_lost", "a card that is gone")),
                                0.05,
                                true),
                        new TaskConfig.Embed("vec", Task.Overlong.TRUNCATE, true),
                        new TaskConfig.Summarize("digest", Task.Overlong.TRUNCATE, 5, true));
    }

    @Test
    void listedLabelsDescribeThemselves() {
        List<TaskConfig> tasks = read("tasks: {t: {task: classify, labels: [card_arrival, top-up]}}");

        assertThat(((TaskConfig.Classify) tasks.get(0)).labels())
                .containsExactly(new Label("card_arrival", "card arrival"), new Label("top-up", "top up"));
        assertThat(((TaskConfig.Classify) tasks.get(0)).temperature()).isEqualTo(TasksConfig.DEFAULT_TEMPERATURE);
        assertThat(TasksConfig.label("card_arrival")).isEqualTo(new Label("card_arrival", "card arrival"));
    }

    @Test
    void aTemplateIsFilledIn() {
        List<TaskConfig> tasks = read("tasks: {t: {task: classify, labels: [a_b, c], template: 'It is {label}.'}}");

        assertThat(((TaskConfig.Classify) tasks.get(0)).labels())
                .extracting(Label::description)
                .containsExactly("It is a b.", "It is c.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {t: {task: clasify}}                                              | tasks.t.task        | Did you mean classify?
            {t: {task: paint}}                                                | tasks.t.task        | Choose one of them.
            {t: {}}                                                           | tasks.t.task        | Add it
            {t: {task: classify}}                                             | tasks.t.labels      | 2 to 1000 labels
            {t: {task: classify, labels: [one]}}                              | tasks.t.labels      | 2 to 1000 labels
            {t: {task: classify, labels: [a, b, a]}}                          | tasks.t.labels      | Remove one of the two labels a.
            {t: {task: classify, labels: [a, '']}}                            | tasks.t.labels      | Remove the empty one.
            {t: {task: classify, labels: {a: '', b: x}}}                      | tasks.t.labels.a    | a description
            {t: {task: classify, labels: [a, b], template: about}}            | tasks.t.template    | {label}
            {t: {task: classify, labels: [a, b], temperature: 0}}             | tasks.t.temperature | 0.001 to 10
            {t: {task: summarize, sentences: 0}}                              | tasks.t.sentences   | 1 to 50
            {t: {task: embed, overlong: trunkate}}                            | tasks.t.overlong    | Did you mean truncate?
            {t: {task: embed, sentences: 3}}                                  | tasks.t.sentences   | a known key
            {'a b': {task: embed}}                                            | tasks.a b           | Rename the task.
            """)
    void whatIsWrongIsNamedWithItsFix(String tasks, String key, String hint) {
        read("tasks: " + tasks);

        assertThat(problems.all()).extracting(Problem::key).containsExactly(key);
        assertThat(problems.all().get(0).toString()).contains(hint);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        read("tasks: {a: {task: embd}, b: {task: classify, labels: []}, c: {task: summarize, sentences: x}}");

        assertThat(problems.all())
                .extracting(Problem::key)
                .containsExactly("tasks.a.task", "tasks.b.labels", "tasks.c.sentences");
    }

    @Test
    void tasksAreBuiltByName() {
        read("tasks: {v: {task: embed}, d: {task: summarize}}");

        assertThat(new TasksConfig(read("tasks: {v: {task: embed}, d: {task: summarize}}"))
                        .over(new FakeModel(Map.of())))
                .containsOnlyKeys("v", "d")
                .extractingByKey("v")
                .isInstanceOf(EmbedTask.class);
    }

    private List<TaskConfig> read(String yaml) {
        return TasksConfig.read(YamlFile.parse(yaml, "test.yaml", problems).section("tasks"))
                .tasks();
    }
}
