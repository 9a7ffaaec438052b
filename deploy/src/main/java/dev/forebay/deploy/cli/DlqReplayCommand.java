package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.FailedException;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.deadletters.Letter;
import dev.forebay.deploy.deadletters.LetterFilter;
import dev.forebay.deploy.deadletters.LetterReader;
import dev.forebay.deploy.deadletters.Replay;
import dev.forebay.deploy.deadletters.ReplayRefusal;
import dev.forebay.deploy.pipeline.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dead letters back to where they came from. */
@Command(
        name = "replay",
        description = {
            "Sends the originals of dead letters to their topics again, each once.",
            "A letter is refused, and said so, that was replayed before, was tried too often, has no payload, or names"
                    + " a topic that the configuration does not read requests from."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DlqReplayCommand implements Callable<Integer> {
    private static final long ASK_ABOVE = 100;
    private static final int REFUSALS_SHOWN = 20;

    private final Console console;
    private final Stop stop;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most N letters.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Refuse what was tried N times (default: ${DEFAULT-VALUE}).")
    private int maxAttempts = 5;

    @Option(names = "--yes", description = "Do not ask before more than " + ASK_ABOVE + " letters.")
    private boolean yes;

    DlqReplayCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() throws IOException {
        LetterFilter filter = letters.filter();
        Dlq dlq = Dlq.of(file.path());
        stop.claim();
        Tally tally = new Tally();
        try (LetterReader reader = dlq.letters();
                Replay replay = Replay.open(dlq.config(), reader, maxAttempts, Clock.systemUTC())) {
            long count = dlq.explained(() -> replay.count(filter, limit));
            if (count > ASK_ABOVE && !yes && !isConfirmed(count)) {
                console.say("forebay: replayed nothing.");
                return Failures.FAILED;
            }
            dlq.say(replay.send(filter, limit, tally, stop::requested), console);
        } catch (FailedException e) {
            tally.say();
            throw e;
        }
        tally.say();
        stop.check();
        // A limit may end the replay before it comes to a letter that is named.
        Set<Position> missing = limit == Long.MAX_VALUE ? tally.notSeen(filter.positions()) : Set.of();
        if (!missing.isEmpty()) {
            throw new FailedException("There is no letter "
                    + missing.stream().map(Position::toString).collect(Collectors.joining(", ")) + " in "
                    + dlq.config().topics().deadLetters().name()
                    + " that the other options select. 'forebay dlq list' shows those that there are.");
        }
        return tally.code();
    }

    private boolean isConfirmed(long count) throws IOException {
        if (!console.interactive()) {
            throw new UsageException(
                    "These are " + count + " letters. Look at them with 'forebay dlq list', then add --yes.");
        }
        console.err().print("Replay " + count + " letters? [y/N] ");
        console.err().flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }

    /** What became of the letters. */
    private final class Tally implements Replay.Listener {
        private final Map<String, Long> sent = new TreeMap<>();
        private final Map<ReplayRefusal, Long> refused = new EnumMap<>(ReplayRefusal.class);
        private final Set<Position> seen = new HashSet<>();
        private long refusals;

        @Override
        public void sent(Letter letter) {
            seen.add(letter.position());
            sent.merge(letter.content().getTopic(), 1L, Long::sum);
        }

        @Override
        public void refused(Letter letter, ReplayRefusal reason) {
            seen.add(letter.position());
            refused.merge(reason, 1L, Long::sum);
            if (++refusals <= REFUSALS_SHOWN) {
                String topic = Printable.line(letter.content().getTopic());
                console.say("refused " + letter.position() + " of " + topic + ": it " + reason.text() + ".");
            }
        }

        private void say() {
            if (refusals > REFUSALS_SHOWN) {
                refused.forEach(
                        (reason, count) -> console.say("refused " + count + " in all: each " + reason.text() + "."));
            }
            if (sent.isEmpty()) {
                console.say("forebay: replayed nothing.");
            }
            sent.forEach((topic, count) -> console.say(
                    "forebay: replayed " + count + (count == 1 ? " letter to " : " letters to ") + topic + "."));
        }

        private Set<Position> notSeen(Set<Position> named) {
            Set<Position> missing = new LinkedHashSet<>(named);
            missing.removeAll(seen);
            return missing;
        }

        /** A letter that was replayed before is where it should be; any other refusal leaves something to do. */
        private int code() {
            boolean isDone = refused.keySet().stream().allMatch(reason -> reason == ReplayRefusal.REPLAYED_BEFORE);
            return isDone ? Failures.DONE : Failures.FAILED;
        }
    }
}
