package dev.forebay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.worker.state.StateDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerConfigTest {
    private final Problems problems = new Problems();

    @Test
    void theBudgetIsLearnedUnlessANumberPinsIt() {
        assertThat(WorkerConfig.defaults().tunesBudget()).isTrue();
        assertThat(read("auto").tunesBudget()).isTrue();

        assertThat(read(777).tunesBudget()).isFalse();
        assertThat(read(777).batch().maxPaddedTokens()).isEqualTo(777);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aLearnedBudgetTakesThePlaceOfTheFirst() {
        WorkerConfig learned = WorkerConfig.defaults().withBudget(256);

        assertThat(learned.batch().maxPaddedTokens()).isEqualTo(256);
        assertThat(learned.withBudget(1024)).isEqualTo(WorkerConfig.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "16777217", ""})
    void anotherBudgetIsAProblemThatSaysWhatIsAllowed(String value) {
        read(value);

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).key()).isEqualTo("batch.padded-tokens");
        assertThat(problems.all().get(0).allowed()).isEqualTo("auto, or a whole number from 1 to 16777216");
    }

    @Test
    void theStateDirectoryIsTheOneThatIsNamed() {
        WorkerConfig config = WorkerConfig.read(Section.of(Map.of("state", "/var/lib/forebay"), problems));

        assertThat(config.state()).isEqualTo(Path.of("/var/lib/forebay"));
        assertThat(problems.all()).isEmpty();
        assertThat(WorkerConfig.defaults().state()).isEqualTo(StateDirectory.defaultRoot(System.getenv()));
    }

    @Test
    void aQueueKeepsNoOrderOfKeys() {
        WorkerConfig.read(Section.of(Map.of("delivery", "queue", "order", "key"), problems));

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).key()).isEqualTo("order");
        assertThat(problems.all().get(0).value()).isEqualTo("key");
        assertThat(problems.all().get(0).fix()).contains("at-least-once");
    }

    private WorkerConfig read(Object budget) {
        return WorkerConfig.read(Section.of(Map.of("batch", Map.of("padded-tokens", budget)), problems));
    }
}
