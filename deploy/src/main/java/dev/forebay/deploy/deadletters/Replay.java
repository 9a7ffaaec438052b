package dev.forebay.deploy.deadletters;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Position;
import dev.forebay.schemas.Topics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One replay of the letters that a filter selects, in two passes: the first counts, the second sends. Both see the
 * letters that there were at the start, so what fails again meanwhile is not sent again.
 */
public final class Replay implements AutoCloseable {
    private static final int CHUNK_LETTERS = 100;
    private static final long CHUNK_BYTES = 4 << 20;

    private final LetterReader letters;
    private final Replays replays;
    private final ReplaySender sender;
    private final ReplayPolicy policy;
    private final ReplayRecords records;
    private final InstantSource clock;

    private Replay(
            LetterReader letters,
            Replays replays,
            ReplaySender sender,
            ReplayPolicy policy,
            ReplayRecords records,
            InstantSource clock) {
        this.letters = letters;
        this.replays = replays;
        this.sender = sender;
        this.policy = policy;
        this.records = records;
        this.clock = clock;
    }

    /** @throws dev.forebay.deploy.console.FailedException where a topic is missing, or no broker answers */
    public static Replay open(ForebayConfig config, LetterReader letters, int maxAttempts, InstantSource clock) {
        Topics topics = config.topics();
        String deadLetters = topics.deadLetters().name();
        ReplaySender sender = ReplaySender.open(config.kafka(), deadLetters);
        try {
            // After the sender, which has ended every other replay: from now on nobody else adds a note.
            Replays replays = Replays.read(config.kafka(), topics.replays());
            return new Replay(
                    letters,
                    replays,
                    sender,
                    new ReplayPolicy(declared(config), maxAttempts),
                    new ReplayRecords(deadLetters, sender::partitions),
                    clock);
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
    }

    /** The topics that requests come in by: the only ones that are sent to, whatever a letter says. */
    private static Set<String> declared(ForebayConfig config) {
        Set<String> names = new HashSet<>(config.processors().intake().sourceTopics());
        names.add(config.topics().requests().name());
        names.addAll(config.topics().workNames());
        return names;
    }

    /** How many letters {@link #send} will send; sends none. */
    public long count(LetterFilter filter, long limit) {
        Set<Letter.Original> seen = new HashSet<>();
        letters.read(
                filter,
                letter -> seen.size() < limit
                        && (refusal(letter, seen.contains(letter.original())).isPresent()
                                || seen.add(letter.original())));
        return seen.size();
    }

    /**
     * Sends the letters that may be sent, at most as many as the limit says.
     *
     * @param ended asked before each letter whether to stop
     * @return the records seen on the way that are no dead letters
     */
    public LetterReader.Strangers send(LetterFilter filter, long limit, Listener listener, BooleanSupplier ended) {
        Sending sending = new Sending(listener);
        LetterReader.Strangers strangers = letters.read(filter, letter -> {
            if (ended.getAsBoolean() || sending.accepted == limit) {
                return false;
            }
            sending.offer(letter);
            return true;
        });
        sending.flush();
        return strangers;
    }

    /** Told what becomes of each letter. */
    public interface Listener {
        /** The brokers have acknowledged it. */
        void sent(Letter letter);

        void refused(Letter letter, ReplayRefusal reason);
    }

    private Optional<ReplayRefusal> refusal(Letter letter, boolean inThisReplay) {
        return policy.refuse(letter, inThisReplay || replays.replayedAt(letter).isPresent());
    }

    @Override
    public void close() {
        sender.close();
    }

    /** The second pass: letters gathered into transactions. */
    private final class Sending {
        private final Listener listener;
        private final List<Letter> chunk = new ArrayList<>();
        private final Set<Letter.Original> inChunk = new HashSet<>();
        private long bytes;
        private long accepted;

        private Sending(Listener listener) {
            this.listener = listener;
        }

        private void offer(Letter letter) {
            Optional<ReplayRefusal> refusal = refusal(letter, inChunk.contains(letter.original()));
            if (refusal.isPresent()) {
                listener.refused(letter, refusal.orElseThrow());
                return;
            }
            accepted++;
            chunk.add(letter);
            inChunk.add(letter.original());
            var value = letter.content().getValue();
            bytes += value == null ? 0 : value.remaining();
            if (chunk.size() == CHUNK_LETTERS || bytes >= CHUNK_BYTES) {
                flush();
            }
        }

        private void flush() {
            if (chunk.isEmpty()) {
                return;
            }
            Set<Position> tooLarge = new HashSet<>();
            sender.send(chunk, records, replays, clock.instant()).forEach(letter -> tooLarge.add(letter.position()));
            for (Letter letter : chunk) {
                if (tooLarge.contains(letter.position())) {
                    listener.refused(letter, ReplayRefusal.TOO_LARGE);
                } else {
                    listener.sent(letter);
                }
            }
            chunk.clear();
            inChunk.clear();
            bytes = 0;
        }
    }
}
