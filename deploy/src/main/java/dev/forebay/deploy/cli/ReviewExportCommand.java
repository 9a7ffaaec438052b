package dev.forebay.deploy.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.reviews.ReviewReader;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.Result;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decisions as labelled examples. */
@Command(
        name = "export",
        description =
                "Writes what people released or relabelled to a file: one JSON object with text and label per line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReviewExportCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Console console;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Option(names = "--output", paramLabel = "OUT", required = true, description = "The file; it is overwritten.")
    private Path output = Path.of("examples.jsonl");

    ReviewExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ForebayConfig config = ReviewDecideCommand.config(file.path());
        long[] counts = {0, 0};
        try (ReviewReader reader = new ReviewReader(config, config.codecs());
                BufferedWriter out = Files.newBufferedWriter(output)) {
            reader.decisions(decision -> {
                boolean written = write(decision, out);
                counts[written ? 0 : 1]++;
            });
        }
        console.say("forebay: wrote " + counts[0] + (counts[0] == 1 ? " example to " : " examples to ") + output + "."
                + (counts[1] == 0 ? "" : " Left out: " + counts[1] + " that were rejected, or had no text or label."));
        return Failures.DONE;
    }

    private static boolean write(ReviewDecision decision, BufferedWriter out) {
        Result result = decision.getResult();
        if (decision.getAction() == ReviewAction.REJECT
                || result.getText() == null
                || !(result.getOutcome() instanceof Classification said)) {
            return false;
        }
        ObjectNode example = JSON.createObjectNode();
        example.put("text", result.getText());
        example.put("label", decision.getAction() == ReviewAction.RELABEL ? decision.getLabel() : said.getLabel());
        example.put("task", result.getTask());
        example.put("request_id", result.getRequestId());
        example.put("model_label", said.getLabel());
        example.put("model_score", said.getScore());
        example.put("reviewer", decision.getReviewer());
        try {
            out.write(example.toString());
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }
}
