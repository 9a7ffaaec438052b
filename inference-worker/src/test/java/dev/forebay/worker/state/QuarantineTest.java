package dev.forebay.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuarantineTest {
    private static final List<String> TOPICS = List.of("work", "work-bulk");
    private static final RecordIdentity RECORD = record(7);
    private static final RecordIdentity OTHER = record(8);
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(ints = {132, 134, 135, 136, 139})
    void recordsThatTheEngineHadInTwoCrashesAreSuspectAndInAThirdProven(int status) {
        crash(List.of(OTHER, RECORD));
        assertThat(suspicionAfter(PID + ":" + status)).isEqualTo(Suspicion.NONE);

        crash(List.of(RECORD));
        assertThat(suspicionAfter(PID + ":" + status)).isEqualTo(Suspicion.STRONG);

        crash(List.of(RECORD));
        assertThat(suspicionAfter(PID + ":" + status)).isEqualTo(Suspicion.PROVEN);
        assertThat(suspicionAfter("")).as("kept").isEqualTo(Suspicion.PROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"137", "143", "130", "0", "1", "2", "3"})
    void anyOtherEndIsNotTheRecordsFault(String status) {
        for (int life = 0; life < 5; life++) {
            crash(List.of(RECORD), PID + ":" + status);
        }

        assertThat(suspicionAfter(PID + ":" + status)).isEqualTo(Suspicion.NONE);
    }

    @Test
    void theCrashOfAnotherProcessIsNotCounted() {
        for (int life = 0; life < 5; life++) {
            crash(List.of(RECORD), (PID + 1) + ":139");
        }

        assertThat(suspicionAfter((PID + 1) + ":139")).isEqualTo(Suspicion.NONE);
    }

    @Test
    void whatCameBackBeforeTheCrashIsNotCounted() {
        for (int life = 0; life < 3; life++) {
            try (StateDirectory state = StateDirectory.open(root)) {
                Quarantine quarantine = quarantine(state, PID + ":139");
                Runnable left = quarantine.enter(List.of(RECORD));
                var unused = quarantine.enter(List.of(OTHER));
                left.run();
            }
        }

        try (StateDirectory state = StateDirectory.open(root)) {
            Quarantine quarantine = quarantine(state, PID + ":139");
            assertThat(quarantine.of(RECORD)).isEqualTo(Suspicion.NONE);
            assertThat(quarantine.of(OTHER)).isEqualTo(Suspicion.PROVEN);
            assertThat(quarantine.records()).isEqualTo(1);
        }
    }

    @Test
    void aRecordCountsOnceForAllItsTextsAndBatches() {
        try (StateDirectory state = StateDirectory.open(root)) {
            Quarantine quarantine = quarantine(state, "");
            var unused = quarantine.enter(List.of(RECORD, RECORD, RECORD));
            var unusedToo = quarantine.enter(List.of(RECORD));
        }

        assertThat(suspicionAfter(PID + ":139")).isEqualTo(Suspicion.NONE);
    }

    @Test
    void whatIsFinalIsForgottenForGood() {
        crash(List.of(RECORD, OTHER));
        crash(List.of(RECORD, OTHER));
        try (StateDirectory state = StateDirectory.open(root)) {
            Quarantine quarantine = quarantine(state, PID + ":139");
            quarantine.passed("work-bulk", 3, offset -> true);
            quarantine.passed("work", 2, offset -> true);
            assertThat(quarantine.of(RECORD)).isEqualTo(Suspicion.STRONG);

            quarantine.passed("work", 3, offset -> offset < OTHER.offset());

            assertThat(quarantine.of(RECORD)).isEqualTo(Suspicion.NONE);
            assertThat(quarantine.of(OTHER)).isEqualTo(Suspicion.STRONG);
        }
        assertThat(suspicionAfter("")).isEqualTo(Suspicion.NONE);
    }

    @Test
    void whatHangsWhenTheWorkerIsClosedIsNotBlamedForTheEndOfTheProcess() {
        for (int life = 0; life < 4; life++) {
            try (StateDirectory state = StateDirectory.open(root);
                    Quarantine quarantine = quarantine(state, PID + ":139")) {
                var unused = quarantine.enter(List.of(RECORD));
                assertThat(quarantine.records()).isZero();
            }
        }
    }

    @Test
    void theSameOffsetOfATopicThatWasMadeAnewIsAnotherRecord() {
        crash(List.of(RECORD));
        crash(List.of(RECORD));
        try (StateDirectory state = StateDirectory.open(root)) {
            Quarantine quarantine = quarantine(state, PID + ":139");

            assertThat(quarantine.of(new RecordIdentity("work", 3, 7, 1_001, 20)))
                    .isEqualTo(Suspicion.NONE);
            assertThat(quarantine.of(new RecordIdentity("work", 3, 7, 1_000, 21)))
                    .isEqualTo(Suspicion.NONE);
            assertThat(quarantine.of(RECORD)).isEqualTo(Suspicion.STRONG);
        }
    }

    @Test
    void theOldestSuspectsMakeRoom() {
        Suspects suspects = new Suspects(3);
        suspects.crashedWith(List.of(record(1), record(2)));
        suspects.crashedWith(List.of(record(1), record(3), record(4)));

        assertThat(suspects.lines()).containsExactly("2 work 3 1 1000 20", "1 work 3 3 1000 20", "1 work 3 4 1000 20");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void theJournalOutlivesAProcessThatCrashes() throws Exception {
        RecordIdentity record = new RecordIdentity("work", 0, 42, 0, 1);
        for (int life = 0; life < 2; life++) {
            String end = CrashingProcess.run(root, record, "SEGV");
            assertThat(end).endsWith(":134"); // the JVM reports the fault and aborts
            try (StateDirectory state = StateDirectory.open(root)) {
                assertThat(quarantine(state, end).records()).isEqualTo(1);
            }
        }
        try (StateDirectory state = StateDirectory.open(root)) {
            assertThat(quarantine(state, "").of(record)).isEqualTo(Suspicion.STRONG);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void theJournalOfAProcessThatIsKilledSaysNothing() throws Exception {
        String end = CrashingProcess.run(root, new RecordIdentity("work", 0, 42, 0, 1), "KILL");

        assertThat(end).endsWith(":137");
        try (StateDirectory state = StateDirectory.open(root)) {
            assertThat(quarantine(state, end).records()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 28, 600, 5_000})
    void aFileThatIsNoJournalHoldsNothing(int length) throws IOException {
        try (StateDirectory state = StateDirectory.open(root)) {
            Files.write(state.directory().resolve("in-flight"), new byte[length]);
            Files.writeString(state.directory().resolve("suspects"), "2 work x\nnothing\n\n1 a b c d e\n");

            assertThat(quarantine(state, "0:139").records()).isZero();
        }
    }

    @Test
    void aSlotThatCannotBeWrittenIsNamedWithItsKey() throws IOException {
        try (StateDirectory state = StateDirectory.open(root)) {
            Files.createDirectories(state.directory().resolve("in-flight.next/in-the-way"));

            assertThatThrownBy(() -> quarantine(state, ""))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("worker.state: " + state.directory())
                    .hasMessageContaining("FOREBAY_STATE");
        }
    }

    @Test
    void aBatchThatFillsItsPlaceIsReadAsItWasWritten() {
        List<RecordIdentity> whole =
                IntStream.range(0, 16).mapToObj(QuarantineTest::record).toList();
        for (int life = 0; life < 2; life++) {
            crash(whole);
        }

        try (StateDirectory state = StateDirectory.open(root)) {
            Quarantine quarantine = quarantine(state, PID + ":139");
            assertThat(whole).allMatch(record -> quarantine.of(record) == Suspicion.STRONG);
        }
    }

    /** A life that ends with the engine having these, which the next one is told was a crash. */
    private void crash(List<RecordIdentity> records) {
        crash(records, PID + ":139");
    }

    private void crash(List<RecordIdentity> records, String toldOfTheLastOne) {
        try (StateDirectory state = StateDirectory.open(root)) {
            var unused = quarantine(state, toldOfTheLastOne).enter(records);
        }
    }

    private Suspicion suspicionAfter(String lastProcess) {
        try (StateDirectory state = StateDirectory.open(root)) {
            return quarantine(state, lastProcess).of(RECORD);
        }
    }

    private static Quarantine quarantine(StateDirectory state, String lastProcess) {
        return Quarantine.open(state, 2, 16, TOPICS, lastProcess);
    }

    private static RecordIdentity record(long offset) {
        return new RecordIdentity("work", 3, offset, 1_000, 20);
    }
}
