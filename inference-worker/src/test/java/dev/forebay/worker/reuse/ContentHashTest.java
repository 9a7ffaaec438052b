package dev.forebay.worker.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.worker.infer.ModelDescription;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContentHashTest {
    private static final ModelDescription MODEL = new ModelDescription("m", "v1", 4, 64, "fp32", "cpu");

    private final ContentHash.Scope scope = ContentHash.Scope.of(MODEL);
    private final ContentHash hash = new ContentHash(scope);

    @Test
    void everyThreadsHashOfAWorkerGivesTheSameKey() {
        String text = "a text longer than one chunk ".repeat(1_000);

        assertThat(new ContentHash(scope).key("t", "task", text)).isEqualTo(hash.key("t", "task", text));
        assertThat(hash.key("t", "task", text)).isEqualTo(hash.key("t", "task", new String(text.toCharArray())));
    }

    @Test
    void whatDiffersHasAnotherKey() {
        String chunk = "x".repeat(4096);
        List<ContentKey> keys = List.of(
                hash.key("a", "task", "text"),
                hash.key("b", "task", "text"),
                hash.key("a", "other", "text"),
                hash.key("a", "task", "Text"),
                hash.key("a", "task", "text "),
                hash.key("a", "task", ""),
                hash.key("at", "ask", "text"),
                hash.key("a", "tasktext", ""),
                hash.key("", "atask", "text"),
                hash.key("a", "task", chunk),
                hash.key("a", "task", chunk + "x"),
                hash.key("a", "task", chunk + "y"),
                hash.key("a", "task", chunk + chunk));

        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    }

    /** Their 32-bit hashes are equal. */
    @Test
    void textsThatJavaTakesForOneAnotherInAHashTableDiffer() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(hash.key("t", "task", "Aa")).isNotEqualTo(hash.key("t", "task", "BB"));
    }

    /** UTF-8 has no bytes for half a pair, and an encoder writes a question mark. */
    @Test
    void halvesOfSurrogatePairsDiffer() {
        Set<ContentKey> keys = Set.of(
                hash.key("t", "task", "a?"),
                hash.key("t", "task", "a\ud83d"),
                hash.key("t", "task", "a\ud83e"),
                hash.key("t", "task", "a\udc00"),
                hash.key("t", "task", "a\ufffd"));

        assertThat(keys).hasSize(5);
    }

    @Test
    void everyPropertyOfTheModelCounts() {
        byte[] v1 = withoutSalt(MODEL);

        assertThat(withoutSalt(new ModelDescription("m", "v2", 4, 64, "fp32", "cpu")))
                .isNotEqualTo(v1);
        assertThat(withoutSalt(new ModelDescription("m", "v1", 4, 32, "fp32", "cpu")))
                .isNotEqualTo(v1);
        assertThat(withoutSalt(new ModelDescription("m", "v1", 4, 64, "bf16", "cpu")))
                .isNotEqualTo(v1);
    }

    @Test
    void keysOfOneProcessMeanNothingInAnother() {
        ContentHash elsewhere = new ContentHash(ContentHash.Scope.of(MODEL));

        assertThat(elsewhere.key("t", "task", "text")).isNotEqualTo(hash.key("t", "task", "text"));
    }

    private static byte[] withoutSalt(ModelDescription model) {
        byte[] bytes = ContentHash.Scope.of(model).bytes();
        return Arrays.copyOfRange(bytes, 16, bytes.length);
    }
}
