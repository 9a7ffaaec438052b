package dev.forebay.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.worker.consume.RecordPosition;
import dev.forebay.worker.simulation.SimulatedShareWorker.Bug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two workers of three share consumers each, three partitions, virtual time: runs longer than a lock, answers that come late
 * or not at all, broken connections, leaders that change, processes that stop, die or freeze, and records that kill
 * whoever runs them.
 */
final class ShareSimulationTest {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 400;
    /** One in so many records ends the process that has run it. */
    private static final int KILLER = 97;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("seeds", 80));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRecordIsLostAndNoneIsRunAgainWithoutCause(long seed) {
        new Run(seed, Bug.NONE, true).toTheEnd();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingComesTwiceWhereNothingHappens(long seed) {
        new Run(seed, Bug.NONE, false).toTheEnd();
    }

    /** No other fault mends what it leaves behind. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noRecordIsHeldForEverAfterALeaderChanges(long seed) {
        Run run = new Run(seed, Bug.NONE, false);
        run.leaderChangesAt = new Random(seed).nextInt(3_000);
        run.toTheEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTS_EARLY, true, was accepted without a terminal record",
        "RUNS_ECHOES, false, runs twice in one worker",
        "NEVER_RENEWS, false, duplicates",
        "DEAD_LETTER_LATE, true, was dropped without a terminal record"
    })
    void checkerSeesAWorkerThatIsWrong(Bug bug, boolean disturbed, String complaint) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 80; seed++) {
                        new Run(seed, bug, disturbed).toTheEnd();
                    }
                })
                .hasMessageFindingMatch(complaint);
    }

    /** One seeded run. */
    private static final class Run {
        private final long seed;
        private final Bug bug;
        private final boolean disturbed;
        private final Random random;
        private final long[] clock = new long[1];
        private final FakeShareGroup group;
        private final SimulatedShareWorker[] workers = new SimulatedShareWorker[2];
        private final long[] frozenUntil = new long[2];
        private final Map<RecordPosition, Integer> terminals = new HashMap<>();
        private final Set<RecordPosition> dyingAtACrash = new HashSet<>();
        private int mayBeDoubled;
        private int leaderChangesAt = -1;

        Run(long seed, Bug bug, boolean disturbed) {
            this.seed = seed;
            this.bug = bug;
            this.disturbed = disturbed;
            this.random = new Random(seed);
            this.group = new FakeShareGroup(clock, PARTITIONS, RECORDS, this::ended);
            workers[0] = fresh();
            workers[1] = fresh();
        }

        void toTheEnd() {
            for (int step = 0; step < 100_000 && !group.allEnded(); step++) {
                if (disturbed && step < 20_000) {
                    disturb();
                }
                if (step == leaderChangesAt) {
                    changeLeader();
                }
                turn();
                if (disturbed) {
                    kill();
                }
            }
            assertThat(group.allEnded())
                    .as("seed %d: every record was not accepted", seed)
                    .isTrue();
            assertThat(terminals).as("seed %d: terminal records", seed).hasSize(RECORDS);
            int doubled =
                    terminals.values().stream().mapToInt(count -> count - 1).sum();
            assertThat(doubled).as("seed %d: duplicates", seed).isLessThanOrEqualTo(mayBeDoubled);
        }

        private void turn() {
            clock[0] += random.nextInt(3);
            workers[0].network();
            workers[1].network();
            int which = random.nextInt(2);
            if (frozenUntil[which] <= clock[0]) {
                workers[which].step();
            }
        }

        private void disturb() {
            int which = random.nextInt(2);
            switch (random.nextInt(800)) {
                case 0 -> crash(which, true);
                case 1 -> crash(which, false);
                case 2 -> stop(which);
                case 3 -> freeze(which);
                case 4, 5, 6 -> disconnect(which);
                case 7 -> changeLeader();
                default -> {
                    // an ordinary moment
                }
            }
        }

        /** A record takes its worker with it, and the machine as well. */
        private void kill() {
            for (int which = 0; which < 2; which++) {
                Set<RecordPosition> deadly = workers[which].running();
                deadly.addAll(workers[which].dying());
                deadly.removeIf(position -> position.offset() % KILLER > 0 || random.nextInt(20) > 0);
                if (!deadly.isEmpty()) {
                    crash(which, false);
                }
            }
        }

        private void crash(int which, boolean noticed) {
            if (mayLoseDeadLetters(which)) {
                mayBeDoubled += workers[which].unsettled();
                workers[which].crash(noticed);
                frozenUntil[which] = 0;
                workers[which] = fresh();
            }
        }

        private void disconnect(int which) {
            if (mayLoseDeadLetters(which)) {
                mayBeDoubled += workers[which].unsettled();
                workers[which].disconnect();
            }
        }

        private void changeLeader() {
            if (mayLoseDeadLetters(0) && mayLoseDeadLetters(1)) {
                mayBeDoubled += workers[0].unsettled() + workers[1].unsettled();
                group.leaderChanged();
            }
        }

        /** Whatever ends a lock costs a delivery, and a dead letter has two: for each, it is done once. */
        private boolean mayLoseDeadLetters(int which) {
            Set<RecordPosition> dying = workers[which].dying();
            return dying.stream().noneMatch(dyingAtACrash::contains)
                    && (dying.isEmpty() || dyingAtACrash.addAll(dying));
        }

        /** With a drain timeout that is too short for some of its records. */
        private void stop(int which) {
            workers[which].drain();
            for (int step = 0; step < 200; step++) {
                turn();
            }
            while (!mayLoseDeadLetters(which)) {
                turn();
            }
            mayBeDoubled += workers[which].unsettled();
            workers[which].stop();
            workers[which] = fresh();
            frozenUntil[which] = 0;
        }

        private void freeze(int which) {
            if (mayLoseDeadLetters(which)) {
                mayBeDoubled += workers[which].unsettled();
                frozenUntil[which] = clock[0] + 2 * FakeShareGroup.LOCK;
            }
        }

        private void ended(RecordPosition position, FakeShareGroup.State state) {
            if (!terminals.containsKey(position)) {
                throw new AssertionError("seed " + seed + ": " + position + " was "
                        + state.name().toLowerCase(Locale.ROOT) + " without a terminal record");
            }
        }

        private SimulatedShareWorker fresh() {
            return new SimulatedShareWorker(
                    group, random, clock, bug, (position, dead) -> terminals.merge(position, 1, Integer::sum));
        }
    }
}
