package dev.forebay.deploy.faults;

import dev.forebay.schemas.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A worker of forty lines over one partition in virtual time, killed now and then, with one bug or none. What the
 * checkers have to tell apart comes from running it, not from evidence that was written to fit them.
 */
final class SimulatedRun {
    enum Bug {
        NONE,
        COMMIT_BEFORE_ACK,
        DROP_ON_EXCEPTION,
        SKIP_DEAD_LETTER_ACK,
        SWAP_ROWS,
        SEND_OUTSIDE_OF_TRANSACTION,
        LATEST_FIRST,
        LATE_RETRY,
        READ_OF_ABORTED,
        RESULT_IN_REJECTIONS,
        HEADERS_OF_NEIGHBOUR,
        NEW_KEY,
        DEAD_LETTER_OF_NEIGHBOUR,
        DEAD_LETTER_CUT,
        DEAD_LETTER_WITHOUT_HEADERS,
        UNBOUNDED_QUEUE,
        HEAP_KEPT,
        GROWING_NATIVE_MEMORY,
        STUCK_AFTER_HEAL,
        SECRET_IN_LOG,
        SECRET_IN_DEAD_LETTER_HEADER,
        PRODUCER_LEFT_OPEN,
        MEMBER_LEFT_BEHIND
    }

    static final String SECRET = "canary-4711";
    private static final int RECORDS = 120;
    private static final int BATCH = 5;
    private static final long TICK = 10_000_000;
    private static final Map<Terminal.Kind, String> TOPICS = Map.of(
            Terminal.Kind.RESULT, "outcomes", Terminal.Kind.REJECTION, "rejections", Terminal.Kind.DEAD_LETTER, "dead");

    private final boolean atomic;
    private final Bug bug;
    private final Random random;
    private final List<Operation> history = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Terminal> terminals = new ArrayList<>();
    private final Set<Position> settled = new HashSet<>();
    private final List<CommitSample> commits = new ArrayList<>();
    private final List<MemorySample> memory = new ArrayList<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private long now;
    private int committed;

    private SimulatedRun(boolean atomic, Bug bug, long seed) {
        this.atomic = atomic;
        this.bug = bug;
        this.random = new Random(seed);
    }

    /**
     * @param atomic whether terminals and offset are committed together
     */
    static Evidence of(boolean atomic, Bug bug, long seed) {
        return new SimulatedRun(atomic, bug, seed).run();
    }

    private Evidence run() {
        for (int i = 0; i < RECORDS; i++) {
            send(i);
        }
        int batches = 0;
        int kills = 0;
        while (committed < RECORDS) {
            boolean killed = ++batches % 6 == 3;
            kills += killed ? 1 : 0;
            batch(killed);
            memory();
        }
        Map<String, Integer> allowed = Map.of("member", kills);
        Map<String, Integer> after = Map.of(
                "producer", bug == Bug.PRODUCER_LEFT_OPEN ? 1 : 0,
                "member", bug == Bug.MEMBER_LEFT_BEHIND ? kills + 1 : kills);
        String log = "worker started" + (bug == Bug.SECRET_IN_LOG ? " with password " + SECRET : "");
        return new Evidence(
                history, sent, terminals, settled, TOPICS, commits, memory, Map.of("log", log), allowed, after);
    }

    private void send(int offset) {
        String id = "r-" + offset;
        boolean poison = random.nextInt(10) == 0 || offset == 2;
        String key = "k-" + random.nextInt(7);
        Position position = new Position("work", 0, offset);
        Ending ending = poison ? Ending.dead(ReasonCode.MODEL_ERROR) : Ending.result("f(" + id + ")");
        sent.add(new Sent(id, key, position, ending, hex("value " + id), Map.of("h", hex(id))));
        history.add(new Operation(now += TICK, "client", "send", id, key, "work", 0, offset, Operation.Status.OK));
    }

    /** One batch from the committed offset; a kill comes after what was sent and before the commit. */
    private void batch(boolean killed) {
        int to = Math.min(committed + BATCH, RECORDS);
        List<Sent> inputs = new ArrayList<>(sent.subList(committed, to));
        if (bug == Bug.COMMIT_BEFORE_ACK && killed) {
            commit(to);
        }
        boolean whole = atomic && bug != Bug.SEND_OUTSIDE_OF_TRANSACTION;
        if (!killed || !(whole || bug == Bug.COMMIT_BEFORE_ACK)) {
            publish(inputs);
        } else if (bug == Bug.READ_OF_ABORTED) {
            terminals.add(
                    result(inputs.get(0), inputs.get(0).ending().content(), new Position("outcomes", 0, 1_000_000)));
        }
        if (killed) {
            history.add(Operation.fault(now += TICK, "kill"));
            history.add(Operation.heal(now += TICK, "kill"));
        } else {
            now += bug == Bug.STUCK_AFTER_HEAL && to == RECORDS ? TICK * 1_000_000 : 0;
            commit(to);
        }
    }

    private void publish(List<Sent> inputs) {
        List<String> rows = new ArrayList<>(
                inputs.stream().map(input -> input.ending().content()).toList());
        if (bug == Bug.SWAP_ROWS) {
            Collections.swap(rows, 0, rows.size() - 1);
        }
        List<Terminal> batch = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Sent input = inputs.get(i);
            if (input.ending().kind() == Terminal.Kind.RESULT) {
                batch.add(
                        result(input, rows.get(i), next(bug == Bug.RESULT_IN_REJECTIONS ? "rejections" : "outcomes")));
            } else if (bug != Bug.DROP_ON_EXCEPTION && bug != Bug.SKIP_DEAD_LETTER_ACK) {
                batch.add(deadLetter(input));
            }
        }
        if (bug == Bug.LATEST_FIRST) {
            Collections.reverse(batch);
        }
        if (bug == Bug.LATE_RETRY) {
            batch.add(batch.remove(0)); // tried again, its key not held back
        }
        long late = bug == Bug.STUCK_AFTER_HEAL
                        && inputs.get(inputs.size() - 1).position().offset() == RECORDS - 1
                ? 1_000
                : 0;
        for (Terminal terminal : batch) {
            terminals.add(terminal);
            settled.add(terminal.position());
            now += TICK + late * TICK;
            history.add(new Operation(
                    now, "reader", "terminal", terminal.requestId(), "", "outcomes", 0, 0, Operation.Status.OK));
        }
    }

    private void commit(int to) {
        committed = to;
        commits.add(new CommitSample("work", 0, committed, terminals.size()));
    }

    private void memory() {
        long n = memory.size();
        now += TICK;
        memory.add(new MemorySample(
                0,
                n * 1_000_000_000,
                bug == Bug.HEAP_KEPT ? n * 200_000 : 1_000_000 + random.nextInt(1000),
                5_000_000 + (bug == Bug.GROWING_NATIVE_MEMORY ? n * 1_000_000 : random.nextInt(1000)),
                bug == Bug.UNBOUNDED_QUEUE ? n * 1_000 : 4_000));
    }

    private Position next(String topic) {
        return new Position(topic, 0, ends.merge(topic, 1, Integer::sum));
    }

    private Terminal result(Sent input, String content, Position at) {
        String id = bug == Bug.HEADERS_OF_NEIGHBOUR ? neighbour(input).requestId() : input.requestId();
        String key = bug == Bug.NEW_KEY ? hex(input.requestId()) : input.key();
        return new Terminal(Terminal.Kind.RESULT, id, input.requestId(), key, at, null, content, "", Map.of());
    }

    private Terminal deadLetter(Sent input) {
        String original = bug == Bug.DEAD_LETTER_CUT ? input.value().substring(2) : input.value();
        Map<String, String> headers = new HashMap<>(input.headers());
        if (bug == Bug.DEAD_LETTER_WITHOUT_HEADERS) {
            headers.clear();
        }
        if (bug == Bug.SECRET_IN_DEAD_LETTER_HEADER) {
            headers.put("error", hex("refused: " + SECRET));
        }
        return new Terminal(
                Terminal.Kind.DEAD_LETTER,
                input.requestId(),
                null,
                input.key(),
                next("dead"),
                bug == Bug.DEAD_LETTER_OF_NEIGHBOUR ? neighbour(input).position() : input.position(),
                "model_error",
                original,
                headers);
    }

    private Sent neighbour(Sent input) {
        return sent.get((int) (input.position().offset() + 1) % RECORDS);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
