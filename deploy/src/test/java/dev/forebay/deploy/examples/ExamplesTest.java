package dev.forebay.deploy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.deploy.console.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExamplesTest {
    @TempDir
    private Path directory;

    @Test
    void exportOfReviewsIsReadAndThatOfOtherTasksLeftOut() throws IOException {
        Path file = write(
                "e.jsonl",
                """
                {"text": "give it back", "label": "refund", "task": "triage", "model_label": "fault"}

                {"text": "a cat", "label": "cat", "task": "animals"}
                {"text": "it broke", "label": "fault"}
                """);

        Examples examples = read(file, Optional.empty(), "label");

        assertThat(examples.all())
                .containsExactly(new Example("give it back", "refund"), new Example("it broke", "fault"));
        assertThat(examples.otherTasks()).isOne();
    }

    @Test
    void csvIsReadByItsColumns() throws IOException {
        Path file = write("e.csv", "id,question,category\n1,\"where, is it\",delivery\n");

        assertThat(read(file, Optional.of("question"), "category").all())
                .containsExactly(new Example("where, is it", "delivery"));
    }

    @Test
    void textThatComesAgainCountsOnceWhateverItsCaseAndSpacing() throws IOException {
        Path file = write("e.csv", "text,label\nHello  there,a\nhello there ,a\nHELLO THERE,b\nbye,b\n");

        Examples examples = read(file, Optional.empty(), "label");

        assertThat(examples.all()).containsExactly(new Example("Hello  there", "a"), new Example("bye", "b"));
        assertThat(examples.repeated()).isEqualTo(2);
        assertThat(examples.contradicting()).isOne();
    }

    @Test
    void whatIsNoExampleIsNamedByItsLine() throws IOException {
        assertRefused(
                "e.jsonl", "{\"text\": \"x\", \"label\": \"a\"}\n{\"text\": \"y\"}", "Line 2 of ", "nothing at /label");
        assertRefused("e.jsonl", "{\"text\": \"x\", \"label\": \"a\"}\nno", "Line 2 of ", "is no record");
        assertRefused("e.jsonl", "{\"text\": \" \", \"label\": \"a\"}", "Line 1 of ", "nothing at /text", "--text");
        assertRefused("e.csv", "text,label\nx,a\ny", "Line 3 of ", "is no record");
        assertRefused("e.csv", "text,category\nx,a\n", "no column label", "there are: text, category");
        assertRefused("e.txt", "x\n", "texts without labels");
    }

    private void assertRefused(String name, String content, String... said) throws IOException {
        Path file = write(name, content);
        assertThatThrownBy(() -> read(file, Optional.empty(), "label"))
                .isInstanceOf(UsageException.class)
                .message()
                .contains(said);
    }

    private static Examples read(Path file, Optional<String> text, String label) {
        return Examples.read(List.of(file), new Examples.Columns(text, label), "triage");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
