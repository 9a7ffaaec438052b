package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.reviews.ReviewReader;
import dev.forebay.deploy.reviews.Reviewed;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Results that wait for a person, as a table. */
@Command(
        name = "list",
        description = "Lists the results on which nobody has decided.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReviewListCommand implements Callable<Integer> {
    private static final List<String> TITLES = List.of("REVIEW", "REQUEST", "TASK", "LABEL", "SCORE", "WHY", "TEXT");
    private static final int TEXT_CHARS = 200;

    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The oldest N (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    ReviewListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ForebayConfig config = ReviewDecideCommand.config(file.path());
        List<List<String>> rows = new ArrayList<>();
        long[] count = {0};
        try (ReviewReader reader = new ReviewReader(config, config.codecs())) {
            reader.pending(reviewed -> {
                if (count[0]++ < limit) {
                    rows.add(row(reviewed));
                }
            });
        }
        if (!rows.isEmpty()) {
            TableText.of(TITLES, rows).forEach(console.out()::println);
            console.out().flush();
        }
        if (count[0] == 0) {
            console.say("Nothing waits for a person.");
        } else if (count[0] > rows.size()) {
            console.say("The oldest " + rows.size() + " of " + count[0] + "; --limit shows more.");
        }
        return Failures.DONE;
    }

    private static List<String> row(Reviewed reviewed) {
        Result result = reviewed.result();
        boolean labelled = result.getOutcome() instanceof Classification;
        String reason = result.getVerdict() == null ? null : result.getVerdict().getReason();
        return List.of(
                reviewed.position().toString(),
                Printable.line(result.getRequestId()),
                Printable.line(result.getTask()),
                labelled ? Printable.line(((Classification) result.getOutcome()).getLabel()) : "-",
                labelled ? String.format(Locale.ROOT, "%.3f", ((Classification) result.getOutcome()).getScore()) : "-",
                reason == null ? "-" : Printable.line(reason),
                cut(result.getText()));
    }

    private static String cut(@Nullable String text) {
        if (text == null) {
            return "(not carried: set worker.carry-text: true)";
        }
        return text.codePointCount(0, text.length()) <= TEXT_CHARS
                ? Printable.line(text)
                : Printable.line(text.substring(0, text.offsetByCodePoints(0, TEXT_CHARS))) + "...";
    }
}
