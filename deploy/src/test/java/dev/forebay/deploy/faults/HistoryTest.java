package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    private static final Operation SEND =
            new Operation(7, "client-0", "send", "r-1", "k", "work", 1, 42, Operation.Status.OK);

    @Test
    void everyOperationIsALineThatIsAppended(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("history.jsonl");
        try (History history = History.appendTo(file)) {
            history.add(SEND);
        }
        try (History again = History.appendTo(file)) {
            again.add(Operation.fault(8, "kill"));

            assertThat(again.operations()).containsExactly(SEND, Operation.fault(8, "kill"));
            assertThat(Files.readAllLines(file)).hasSize(2).first().asString().contains("\"status\":\"OK\"");
        }
    }
}
