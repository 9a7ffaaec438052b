package dev.forebay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.schemas.record.Embedding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbedTaskTest {
    private final Task task = new TaskConfig.Embed("vec", Task.Overlong.TRUNCATE, true).over(new FakeModel(Map.of()));

    @Test
    void theVectorIsGivenAsItIs() {
        Embedding embedding = embed(0.6f, -0.8f);

        assertThat(embedding.getVector()).containsExactly(0.6f, -0.8f);
        assertThat(embedding.getNormalized()).isTrue();
    }

    @Test
    void aVectorOfAnotherLengthIsNotCalledNormalized() {
        assertThat(embed(3, 4).getNormalized()).isFalse();
    }

    private Embedding embed(float... vector) {
        return (Embedding) task.plan("text").outcome(List.of(vector));
    }
}
