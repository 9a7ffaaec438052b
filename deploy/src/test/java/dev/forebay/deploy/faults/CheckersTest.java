package dev.forebay.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.deploy.faults.SimulatedRun.Bug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every checker is green on a run that is right and red on the bug that it is there for. */
final class CheckersTest {
    private static final int SEEDS = 5;
    private static final boolean EXACTLY_ONCE = true;
    private static final boolean AT_LEAST_ONCE = false;
    private static final Checker ONE = new Uniqueness(0, Set.of());
    private static final Checker ORDER = new KeyOrder(0);
    private static final Checker LIVENESS = new Liveness(Duration.ofSeconds(9));
    private static final Checker MEMORY = new MemoryBounds(2_000_000, 10_000, 100_000);
    private static final Checker SECRETS = new NoSecrets(List.of(SimulatedRun.SECRET));
    private static final List<Checker> ALL = List.of(
            new Conservation(),
            ONE,
            new Content(Set.of()),
            ORDER,
            new CommitSafety(),
            new NoAbortedRead(),
            new Destination(),
            new DeadLetterBytes(),
            MEMORY,
            LIVENESS,
            SECRETS,
            new NoLeaks());

    @Test
    void aRightRunBreaksNoPromise() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Evidence evidence = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, seed);

            for (Checker checker : ALL) {
                assertThat(checker.violations(evidence))
                        .as("%s, seed %d", checker, seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void aRightRunMayDoAgainWhatAFaultInterrupted() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Evidence evidence = SimulatedRun.of(AT_LEAST_ONCE, Bug.NONE, seed);

            assertThat(ONE.violations(evidence)).hasSize(1);
            assertThat(new Uniqueness(5 * 5, Set.of()).violations(evidence)).isEmpty();
            assertThat(new KeyOrder(5).violations(evidence)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("bugs")
    void aBugIsSeenByItsChecker(Bug bug, boolean atomic, Checker checker, String said) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<String> violations = checker.violations(SimulatedRun.of(atomic, bug, seed));

            assertThat(violations).as("seed %d", seed).isNotEmpty().allMatch(line -> line.startsWith(said));
        }
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                Arguments.of(Bug.COMMIT_BEFORE_ACK, AT_LEAST_ONCE, new Conservation(), "lost"),
                Arguments.of(Bug.DROP_ON_EXCEPTION, AT_LEAST_ONCE, new Conservation(), "lost"),
                Arguments.of(Bug.SEND_OUTSIDE_OF_TRANSACTION, EXACTLY_ONCE, ONE, "doubled"),
                Arguments.of(Bug.SWAP_ROWS, EXACTLY_ONCE, new Content(Set.of()), "wrong"),
                Arguments.of(Bug.LATEST_FIRST, EXACTLY_ONCE, ORDER, ""),
                Arguments.of(Bug.LATE_RETRY, EXACTLY_ONCE, new KeyOrder(1_000), "gap"),
                Arguments.of(Bug.SEND_OUTSIDE_OF_TRANSACTION, EXACTLY_ONCE, ORDER, "order"),
                Arguments.of(Bug.COMMIT_BEFORE_ACK, AT_LEAST_ONCE, new CommitSafety(), "early commit"),
                Arguments.of(Bug.SKIP_DEAD_LETTER_ACK, AT_LEAST_ONCE, new CommitSafety(), "early commit"),
                Arguments.of(Bug.READ_OF_ABORTED, EXACTLY_ONCE, new NoAbortedRead(), "aborted read"),
                Arguments.of(Bug.RESULT_IN_REJECTIONS, EXACTLY_ONCE, new Destination(), "misplaced"),
                Arguments.of(Bug.HEADERS_OF_NEIGHBOUR, EXACTLY_ONCE, new Destination(), ""),
                Arguments.of(Bug.NEW_KEY, EXACTLY_ONCE, new Destination(), "rekeyed"),
                Arguments.of(Bug.DEAD_LETTER_OF_NEIGHBOUR, EXACTLY_ONCE, new Destination(), "mixed"),
                Arguments.of(Bug.DEAD_LETTER_CUT, EXACTLY_ONCE, new DeadLetterBytes(), "changed bytes"),
                Arguments.of(Bug.DEAD_LETTER_WITHOUT_HEADERS, EXACTLY_ONCE, new DeadLetterBytes(), "changed headers"),
                Arguments.of(Bug.UNBOUNDED_QUEUE, EXACTLY_ONCE, MEMORY, "in flight"),
                Arguments.of(Bug.HEAP_KEPT, EXACTLY_ONCE, MEMORY, "heap"),
                Arguments.of(Bug.GROWING_NATIVE_MEMORY, EXACTLY_ONCE, MEMORY, "resident"),
                Arguments.of(Bug.STUCK_AFTER_HEAL, EXACTLY_ONCE, LIVENESS, "late"),
                Arguments.of(Bug.SECRET_IN_LOG, EXACTLY_ONCE, SECRETS, "told"),
                Arguments.of(Bug.SECRET_IN_DEAD_LETTER_HEADER, EXACTLY_ONCE, SECRETS, "told"),
                Arguments.of(Bug.PRODUCER_LEFT_OPEN, EXACTLY_ONCE, new NoLeaks(), "leaked"),
                Arguments.of(Bug.MEMBER_LEFT_BEHIND, EXACTLY_ONCE, new NoLeaks(), "leaked"));
    }

    @Test
    void twoTerminalsOfOneRequestMayNeverContradict() {
        Evidence right = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, 1);
        Terminal first = right.terminals().get(0);
        right.terminals().add(copy(first, Terminal.Kind.REJECTION, first.requestId()));

        assertThat(new Uniqueness(1, Set.of()).violations(right))
                .hasSize(1)
                .allMatch(line -> line.startsWith("contradiction"));
    }

    @Test
    void anEndingThatIsAllowedBesidesContradictsNone() {
        Evidence right = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, 1);
        Terminal first = right.terminals().get(0);
        Terminal second = copy(first, Terminal.Kind.REJECTION, first.requestId());
        right.terminals().add(second);
        Set<Ending> besides = Set.of(new Ending(second.kind(), second.content()));

        assertThat(new Uniqueness(1, besides).violations(right)).isEmpty();
        assertThat(new Uniqueness(0, besides).violations(right))
                .hasSize(1)
                .allMatch(line -> line.startsWith("doubled"));
    }

    @Test
    void aSendWithoutAnAnswerMayEndOrNot() {
        Evidence right = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, 1);
        Operation unsure = new Operation(1, "client", "send", "r-x", "k", "work", 0, -1, Operation.Status.INFO);
        right.history().add(unsure);
        Checker conservation = new Conservation();

        assertThat(conservation.violations(right)).isEmpty();

        right.terminals().add(copy(right.terminals().get(0), Terminal.Kind.RESULT, "r-x"));
        assertThat(conservation.violations(right)).isEmpty();

        right.history().remove(unsure);
        assertThat(conservation.violations(right))
                .containsExactly("unknown: r-x has a terminal record and was never sent");
    }

    @Test
    void aSendWithoutAnAnswerThatTheTopicHoldsHasToEnd() {
        Evidence right = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, 1);
        Position at = new Position("work", 0, 1_000);
        right.inputs().add(new Sent("r-x", "", at, Ending.result("f(r-x)"), "", Map.of()));

        assertThat(new Conservation().violations(right))
                .containsExactly("lost: r-x was taken and has no terminal record");
    }

    @Test
    void aSendWithoutAnAnswerThatTheTopicHoldsHasToEndInTime() {
        Evidence right = SimulatedRun.of(EXACTLY_ONCE, Bug.NONE, 1);
        Position at = new Position("work", 0, 1_000);
        right.history().add(new Operation(1, "client", "send", "r-x", "k", "work", 0, -1, Operation.Status.INFO));

        assertThat(LIVENESS.violations(right)).isEmpty();

        right.inputs().add(new Sent("r-x", "", at, Ending.result("f(r-x)"), "", Map.of()));
        assertThat(LIVENESS.violations(right)).hasSize(1).allMatch(line -> line.startsWith("late: r-x"));
    }

    private static Terminal copy(Terminal of, Terminal.Kind kind, String requestId) {
        return new Terminal(kind, requestId, requestId, of.key(), of.position(), null, of.content(), "", of.headers());
    }
}
