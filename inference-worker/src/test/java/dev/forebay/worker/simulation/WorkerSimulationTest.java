package dev.forebay.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.WorkerConfig.Delivery;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.simulation.SimulatedWorker.Bug;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two workers, three partitions, virtual time: random kills, rebalances, lost assignments, slow batches, poisoned and
 * undecodable records, records that crash the process, both lanes, deadlines, keys that recur. After every event the
 * invariants of the terminal contract are checked; replay a failure by its seed.
 */
final class WorkerSimulationTest {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 400;
    private static final int KEYS = 6;
    private static final int MOST_CRASHES = 3;

    @TempDir
    private Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRecordIsLostAndNoAnswerIsAnothers(long seed) {
        run(seed, Delivery.AT_LEAST_ONCE, Bug.NONE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noRecordIsDoubledEitherWhereTransactionsAreUsed(long seed) {
        run(seed, Delivery.EXACTLY_ONCE, Bug.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "AT_LEAST_ONCE, ACKNOWLEDGES_EARLY, was committed without a terminal record",
        "AT_LEAST_ONCE, KEEPS_NO_ORDER, was answered after offset",
        "AT_LEAST_ONCE, FORGETS_DEADLINES, after its deadline",
        "EXACTLY_ONCE, REWINDS_NOT, was committed without a terminal record",
        "EXACTLY_ONCE, IS_NOT_FENCED, goes back|duplicates",
        "AT_LEAST_ONCE, KNOWS_OF_NO_CRASH, crashed more than"
    })
    void checkerSeesAWorkerThatIsWrong(Delivery delivery, Bug bug, String complaint) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 50; seed++) {
                        run(seed, delivery, bug);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageFindingMatch(complaint);
    }

    private void run(long seed, Delivery delivery, Bug bug) {
        try (Run run = new Run(seed, delivery, bug, directory.resolve(bug + "-" + seed))) {
            run.toTheEnd();
        }
    }

    /** One seeded run. */
    private static final class Run implements AutoCloseable {
        private final long seed;
        private final Random random;
        private final long[] clock = new long[1];
        private final FakeBroker broker;
        private final SimulatedSlot[] slots = new SimulatedSlot[2];
        private final SimulatedWorker[] workers = new SimulatedWorker[2];
        private final Delivery delivery;
        private final Bug bug;
        private int mayBeDoubled;
        private int fatalRecords;
        private int crashes;

        Run(long seed, Delivery delivery, Bug bug, Path state) {
            this.delivery = delivery;
            this.seed = seed;
            this.random = new Random(seed);
            this.broker = new FakeBroker(random, PARTITIONS);
            this.bug = bug;
            for (int i = 0; i < RECORDS; i++) {
                int key = random.nextInt(3 * KEYS);
                boolean keyed = key < KEYS;
                broker.append(
                        keyed ? key % PARTITIONS : random.nextInt(PARTITIONS), keyed ? "k" + key : null, record(i));
            }
            for (int i = 0; i < workers.length; i++) {
                slots[i] = new SimulatedSlot(state);
                workers[i] = fresh(i, 0);
            }
            workers[0].assign(List.of(partition(0), partition(1)));
            workers[1].assign(List.of(partition(2)));
        }

        private String record(int i) {
            String lane = random.nextInt(3) == 0 ? "|LIVE|" : "|BULK|";
            return switch (random.nextInt(20)) {
                case 0 -> "garbage" + i;
                case 1 -> "r" + i + "|" + lane + FakeModel.POISON + i + " fine";
                case 2 -> "r" + i + "|" + (1 + random.nextInt(3_000)) + lane + "expires" + i;
                case 3 -> "r" + i + "|" + lane + " ";
                case 4 -> "r" + i + "|" + lane + FakeModel.LARGE + i;
                case 5 -> {
                    boolean fatal = random.nextInt(5) == 0;
                    fatalRecords += fatal ? 1 : 0;
                    yield "r" + i + "|" + lane + (fatal ? FakeModel.CRASH : "word") + i % 3 + " and more";
                }
                default ->
                    "r" + i + "|" + lane + "word" + i % 50 + " ".repeat(random.nextInt(2))
                            + "other".repeat(random.nextInt(9)) + i % 7;
            };
        }

        void toTheEnd() {
            for (int step = 0; step < 6_000; step++) {
                clock[0] += random.nextInt(3);
                disturb();
                step(random.nextInt(2));
                broker.deliver(clock[0]);
                checkAlways(step);
            }
            for (int step = 0; step < 200_000 && !done(); step++) {
                clock[0]++;
                step(step % 2);
                broker.deliver(clock[0]);
            }
            checkAlways(-1);
            checkAtTheEnd();
        }

        private void step(int which) {
            try {
                workers[which].step();
            } catch (FakeModel.Crash e) {
                crashes++;
                if (crashes > MOST_CRASHES * workers.length * fatalRecords) {
                    throw new AssertionError("seed " + seed + ": " + fatalRecords + " records crashed more than "
                            + MOST_CRASHES + " times each per worker");
                }
                end(which, bug == Bug.KNOWS_OF_NO_CRASH ? 0 : SimulatedSlot.CRASHED);
            }
        }

        private void disturb() {
            switch (random.nextInt(300)) {
                case 0 -> end(random.nextInt(2), SimulatedSlot.KILLED);
                case 1 -> move(true);
                case 2 -> move(false);
                default -> {
                    // an ordinary moment
                }
            }
        }

        /** A process ends, and the next one takes its place. */
        private void end(int which, int status) {
            Collection<TopicPartition> partitions = workers[which].partitions();
            mayBeDoubled += workers[which].recordsInFlight() + notCommitted(partitions);
            broker.cut(workers[which]);
            workers[which] = fresh(which, status);
            workers[which].assign(partitions);
        }

        /** Moves one partition to the other worker: in an orderly way, or noticed too late. */
        private void move(boolean orderly) {
            int from = random.nextInt(2);
            List<TopicPartition> partitions = new ArrayList<>(workers[from].partitions());
            if (partitions.isEmpty()) {
                return;
            }
            List<TopicPartition> moved = List.of(partitions.get(random.nextInt(partitions.size())));
            mayBeDoubled += workers[from].recordsInFlight() + notCommitted(moved);
            if (orderly) {
                workers[from].revoke(moved);
            } else {
                workers[from].lose(moved);
            }
            workers[1 - from].assign(moved);
        }

        /** Records whose terminal record is there while their offset is not committed yet. */
        private int notCommitted(Collection<TopicPartition> partitions) {
            int count = 0;
            for (TopicPartition partition : partitions) {
                for (long offset = broker.committed().get(partition); offset < broker.end(partition); offset++) {
                    count += broker.terminalsOf(partition, offset).isEmpty() ? 0 : 1;
                }
            }
            return count;
        }

        private void checkAlways(int step) {
            broker.committed().forEach((partition, committed) -> {
                for (long offset = Math.max(0, committed - 60); offset < committed; offset++) {
                    if (broker.terminalsOf(partition, offset).isEmpty()) {
                        throw new AssertionError("seed " + seed + " step " + step + ": " + partition + " offset "
                                + offset + " was committed without a terminal record");
                    }
                }
            });
            for (SimulatedWorker worker : workers) {
                assertThat(worker.recordsInFlight())
                        .as("seed %d step %d: in flight", seed, step)
                        .isLessThanOrEqualTo(2 * (SimulatedWorker.BOUNDS.records() + SimulatedWorker.MAX_POLL));
            }
        }

        private void checkAtTheEnd() {
            int doubled = 0;
            for (int p = 0; p < PARTITIONS; p++) {
                TopicPartition partition = partition(p);
                assertThat(broker.committed().get(partition))
                        .as("seed %d: everything of %s is committed", seed, partition)
                        .isEqualTo(broker.end(partition));
                for (long offset = 0; offset < broker.end(partition); offset++) {
                    List<Terminal> terminals = broker.terminalsOf(partition, offset);
                    assertThat(terminals)
                            .as("seed %d: %s offset %d", seed, partition, offset)
                            .isNotEmpty();
                    doubled += terminals.size() - 1;
                    String value = broker.value(partition, offset);
                    terminals.forEach(terminal -> checkContent(value, terminal));
                }
            }
            assertThat(doubled)
                    .as("seed %d: duplicates", seed)
                    .isLessThanOrEqualTo(delivery == Delivery.EXACTLY_ONCE ? 0 : mayBeDoubled);
        }

        private void checkContent(String value, Terminal terminal) {
            ReasonCode code =
                    terminal.fold(answered -> null, Terminal.Refused::code, Terminal.Dead::code, postponed -> {
                        throw new AssertionError("in place, here");
                    });
            String[] parts = value.split("\\|", -1);
            String about = "seed " + seed + ": " + value;
            if (parts.length != 4) {
                assertThat(code).as(about).isEqualTo(ReasonCode.MALFORMED);
            } else if (parts[3].isBlank()) {
                assertThat(code).as(about).isEqualTo(ReasonCode.EMPTY_TEXT);
            } else if (parts[3].contains(FakeModel.CRASH)) {
                assertThat(code).as(about).isEqualTo(ReasonCode.NATIVE_CRASH);
            } else if (parts[3].contains(FakeModel.POISON)) {
                assertThat(code).as(about).isEqualTo(ReasonCode.MODEL_ERROR);
            } else if (parts[3].contains(FakeModel.LARGE) && code != null) {
                assertThat(code).as(about).isEqualTo(ReasonCode.RESOURCE_EXHAUSTED);
            } else if (!parts[1].isEmpty() && code != null) {
                assertThat(code).as(about).isEqualTo(ReasonCode.EXPIRED);
            } else {
                assertThat(terminal).as(about).isInstanceOfSatisfying(Terminal.Answered.class, answered -> {
                    assertThat(answered.result().getRequestId()).isEqualTo(parts[0]);
                    assertThat(answered.result().getOutcome()).as(about).isEqualTo(FakeTask.expected(parts[3]));
                });
            }
        }

        private boolean done() {
            for (SimulatedWorker worker : workers) {
                if (!worker.idle()) {
                    return false;
                }
                worker.commitNow();
            }
            return broker.committed().entrySet().stream().allMatch(e -> e.getValue() == broker.end(e.getKey()));
        }

        private SimulatedWorker fresh(int which, int lastStatus) {
            SimulatedSlot.Life life = slots[which].next(lastStatus, broker.topics());
            return new SimulatedWorker(broker, random, clock, delivery, bug, life);
        }

        @Override
        public void close() {
            for (SimulatedSlot slot : slots) {
                slot.close();
            }
        }

        private TopicPartition partition(int number) {
            return broker.partition(number);
        }
    }
}
