package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.deploy.reviews.ReviewReader;
import dev.forebay.deploy.reviews.ReviewSender;
import dev.forebay.deploy.reviews.Reviewed;
import dev.forebay.schemas.record.Classification;
import dev.forebay.schemas.record.ReviewAction;
import dev.forebay.schemas.record.ReviewDecision;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A decision on one or several results. */
@Command(
        name = "decide",
        description = "Releases, relabels or rejects results that wait for a person.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReviewDecideCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("forebay.yaml");

    @Parameters(
            index = "1..*",
            paramLabel = "REVIEW",
            arity = "1..*",
            converter = LetterOptions.Letter.class,
            description = "The results, as the list names them: 0-17.")
    private List<Position> positions = new ArrayList<>();

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Option(
            names = "--reviewer",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who decides (default: ${DEFAULT-VALUE}).")
    private String reviewer = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; a rejection passes it on to the sender.")
    private @Nullable String note;

    ReviewDecideCommand(Console console) {
        this.console = console;
    }

    /** What is decided. */
    static final class Choice {
        @Option(names = "--release", description = "Let them go where the routes say.")
        private boolean release;

        @Option(names = "--label", paramLabel = "LABEL", description = "The same, with this label.")
        private @Nullable String label;

        @Option(names = "--reject", description = "Reject their requests.")
        private boolean reject;

        ReviewAction action() {
            if (release) {
                return ReviewAction.RELEASE;
            }
            return reject ? ReviewAction.REJECT : ReviewAction.RELABEL;
        }
    }

    /** A configuration whose verdict reads the decisions. */
    static ForebayConfig config(Path file) {
        ForebayConfig config = ForebayConfig.read(file);
        if (!config.processors().verdict().readsDecisions()) {
            throw new UsageException(
                    "In " + file + " nobody reads what people decide. Set verdict.review-decisions: true"
                            + " and create the topic with: forebay topics " + file + " --create");
        }
        return config;
    }

    @Override
    public Integer call() {
        ForebayConfig config = config(file);
        Codecs codecs = config.codecs();
        try (ReviewReader reader = new ReviewReader(config, codecs)) {
            List<Reviewed> found = new ArrayList<>();
            for (Position position : positions) {
                Reviewed reviewed = reader.at(position)
                        .orElseThrow(() -> new UsageException("There is no result at " + position + " of topic "
                                + config.topics().review().name() + ". 'forebay review list' shows them."));
                if (choice.label != null && !(reviewed.result().getOutcome() instanceof Classification)) {
                    throw new UsageException("The result at " + position + " has no label. Release or reject it.");
                }
                found.add(reviewed);
            }
            try (ReviewSender sender = new ReviewSender(config, codecs)) {
                for (Reviewed reviewed : found) {
                    sender.send(
                            reviewed,
                            new ReviewDecision(
                                    reviewed.result(), choice.action(), choice.label, reviewer, note, Instant.now()));
                }
            }
            console.say("forebay: decided on " + found.size() + (found.size() == 1 ? " result." : " results."));
        }
        return Failures.DONE;
    }
}
