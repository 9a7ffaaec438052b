package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Span;
import dev.forebay.schemas.record.Summary;
import dev.forebay.worker.djl.SharedModel;
import dev.forebay.worker.infer.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tasks over the real weights. */
class RealModelTest {
    private static final List<String> SENTENCES = List.of(
            "The turbine stopped at noon because the gate was stuck.",
            "Divers freed the gate after two hours 🤿.",
            "水位が上がりました。",
            "Nobody was hurt!",
            "The operator restarted the turbine in the evening.",
            "Was the alarm too late?",
            "Le barrage reste fermé aux visiteurs.",
            "Inspectors found a branch 🌳 in the rack.",
            "放水门已经打开。");

    private final Model model = SharedModel.fp32();

    @Test
    void obviousTextsGetTheirObviousLabel() {
        Map<String, String> obvious = Map.of(
                "I was charged twice on my invoice", "billing",
                "Where is my parcel? It should have arrived on Monday", "delivery",
                "The app crashes whenever I open the settings", "software bug",
                "I forgot my password and cannot sign in", "login",
                "The football team won the final in extra time", "sports");
        Task task = new TaskConfig.Classify(
                        "triage",
                        Task.Overlong.TRUNCATE,
                        List.of("billing", "delivery", "software bug", "login", "sports").stream()
                                .map(TasksConfig::label)
                                .toList(),
                        TasksConfig.DEFAULT_TEMPERATURE,
                        true)
                .over(model);

        obvious.forEach((text, label) -> {
            Classification outcome = (Classification) outcome(task, text);
            assertThat(outcome.getLabel()).as(text).isEqualTo(label);
            assertThat(outcome.getScore()).as(text).isGreaterThan(0.4);
        });
    }

    @Test
    void spansOfASummaryPointAtTheExactSource() {
        Task task = new TaskConfig.Summarize("digest", Task.Overlong.TRUNCATE, 3, true).over(model);

        for (int seed = 0; seed < 5; seed++) {
            String text = text(seed);
            Summary summary = (Summary) outcome(task, text);

            List<String> cited =
                    summary.getSpans().stream().map(span -> cited(text, span)).toList();
            assertThat(cited).as("seed %d", seed).hasSize(3).isSubsetOf(SENTENCES);
            assertThat(summary.getText()).as("seed %d", seed).isEqualTo(String.join(" ", cited));
            assertThat(summary.getSpans())
                    .as("seed %d", seed)
                    .extracting(Span::getStart)
                    .isSorted();
            assertThat(cited).as("seed %d: no sentence twice", seed).doesNotHaveDuplicates();
        }
    }

    private Object outcome(Task task, String text) {
        Task.Plan plan = task.plan(text);
        return plan.outcome(SharedModel.vectors(model, plan.texts()));
    }

    private static String cited(String text, Span span) {
        int[] codePoints = text.codePoints().toArray();
        return new String(codePoints, span.getStart(), span.getEnd() - span.getStart());
    }

    /** 25 sentences, some of them more than once. */
    private static String text(long seed) {
        Random random = new Random(seed);
        List<String> sentences = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            sentences.add(SENTENCES.get(i % SENTENCES.size()));
        }
        Collections.shuffle(sentences, random);
        return String.join(" ", sentences);
    }
}
