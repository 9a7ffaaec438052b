package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.deadletters.Letter;
import dev.forebay.deploy.deadletters.LetterReader;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.record.DeadLetter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dead letters as a table. */
@Command(
        name = "list",
        description = "Lists dead letters, the newest at the bottom.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DlqListCommand implements Callable<Integer> {
    private static final List<String> TITLES =
            List.of("LETTER", "FAILED", "CODE", "STAGE", "FROM", "REQUEST", "MESSAGE");

    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The newest N (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    DlqListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PriorityQueue<Row> newest = new PriorityQueue<>(Row.BY_TIME);
        long[] matched = {0};
        Dlq dlq = Dlq.of(file.path());
        try (LetterReader reader = dlq.letters()) {
            LetterReader.Strangers strangers = dlq.read(reader, letters.filter(), letter -> {
                matched[0]++;
                newest.add(Row.of(letter));
                if (newest.size() > Math.max(0, limit)) {
                    newest.remove();
                }
                return true;
            });
            List<Row> rows = new ArrayList<>(newest);
            rows.sort(Row.BY_TIME);
            print(rows);
            dlq.say(strangers, console);
        }
        if (matched[0] == 0) {
            console.say("No dead letter matches.");
        } else if (matched[0] > newest.size()) {
            console.say("The newest " + newest.size() + " of " + matched[0] + " dead letters; --limit shows more.");
        }
        return Failures.DONE;
    }

    private void print(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        TableText.of(TITLES, rows.stream().map(Row::cells).toList()).forEach(console.out()::println);
        console.out().flush();
    }

    /** A letter without its payload: what the table needs. */
    private record Row(Position position, Instant failedAt, List<String> cells) {
        private static final Comparator<Row> BY_TIME = Comparator.comparing(Row::failedAt)
                .thenComparing(row -> row.position.partition())
                .thenComparing(row -> row.position.offset());

        static Row of(Letter letter) {
            DeadLetter content = letter.content();
            String id = content.getRequestId();
            return new Row(
                    letter.position(),
                    content.getFailedAt(),
                    List.of(
                            letter.position().toString(),
                            content.getFailedAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString(),
                            Printable.line(content.getCode()),
                            Printable.line(content.getStage()),
                            Printable.line(
                                    content.getTopic() + "-" + content.getPartition() + "@" + content.getOffset()),
                            id == null ? "-" : Printable.line(id),
                            Printable.line(content.getMessage())));
        }
    }
}
