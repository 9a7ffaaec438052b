package dev.forebay.processors.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.completion.Completing.Told;
import dev.forebay.processors.event.Event.Position;
import dev.forebay.processors.event.Events;
import dev.forebay.processors.event.MapShelf;
import dev.forebay.schemas.record.Completion;
import dev.forebay.schemas.record.EndKind;
import dev.forebay.schemas.record.PartEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many events at once: their requests end in any order, some twice and some never, some are replayed, and the process that
 * notes it is replaced. The last record of each event is the truth, and no record says what the one before it said.
 */
class RandomCompletingTest {
    private static final long SEED = Long.getLong("forebay.completions.seed", 1);
    private static final int RUNS = Integer.getInteger("forebay.completions.runs", 300);
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final MapShelf shelf = new MapShelf();
    private final Map<String, Completion> last = new HashMap<>();
    private Completing completing = onShelf();
    private Instant now = Events.NOW;

    @Test
    void lastRecordOfEachEventIsTheTruth() {
        int incomplete = 0;
        int corrected = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(SEED * 1_000_003 + run);
            String which = "seed " + SEED + ", run " + run;
            Map<String, Map<Integer, End>> truth = new HashMap<>();
            List<Runnable> steps = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                EventKey key = new EventKey("acme", run + "/" + i);
                int parts = 1 + random.nextInt(6);
                completing.take(key, taken(parts), now);
                Map<Integer, End> ends = new HashMap<>();
                truth.put(key.eventId(), ends);
                for (int part = 1; part <= parts; part++) {
                    corrected += steps(random, key, part, ends, steps);
                }
            }
            Collections.shuffle(steps, random);
            for (Runnable step : steps) {
                step.run();
                now = now.plusMillis(random.nextInt(100));
                if (random.nextInt(4) == 0) {
                    look(which);
                }
                if (random.nextInt(10) == 0) {
                    completing = onShelf();
                }
            }
            pass(WITHIN.plusMinutes(2), which);
            for (Map.Entry<String, Map<Integer, End>> event : truth.entrySet()) {
                Completion told = last.get(event.getKey());
                assertThat(told).as("%s, event %s", which, event.getKey()).isNotNull();
                assertTrue(told, event.getValue(), which);
                incomplete += told.getComplete() ? 0 : 1;
            }
        }
        assertThat(incomplete).isGreaterThan(RUNS);
        assertThat(corrected).isGreaterThan(RUNS);
        pass(Duration.ofHours(2), "at the end");
        assertThat(shelf.size()).as("entries of events that are forgotten").isZero();
    }

    /** How a request ends: never, once or twice, or as a dead letter and then as a result, whichever is read first. */
    private int steps(Random random, EventKey key, int part, Map<Integer, End> ends, List<Runnable> steps) {
        End letter = new End(EndKind.DEAD_LETTER, null, null, "model_error", now.toEpochMilli());
        End result = new End(EndKind.RESULT, "label-" + random.nextInt(3), 0.5, null, now.toEpochMilli() + 1);
        End review = new End(EndKind.REVIEW, "label", 0.1, null, now.toEpochMilli() + 1);
        int kind = random.nextInt(12);
        if (kind == 0) {
            return 0;
        }
        End end = kind < 5 ? letter : kind == 5 ? review : result;
        ends.put(part, end);
        steps.add(() -> completing.take(key, new PartKey(part, ""), end, now));
        if (kind % 3 == 0) {
            steps.add(() -> completing.take(key, new PartKey(part, ""), end, now));
        }
        if (kind < 5 && random.nextBoolean()) {
            ends.put(part, result);
            steps.add(() -> completing.take(key, new PartKey(part, ""), result, now));
            return 1;
        }
        return 0;
    }

    private static void assertTrue(Completion told, Map<Integer, End> truth, String which) {
        boolean complete = told.getRequests().stream().allMatch(request -> {
            End end = truth.get(request.getPart());
            return end != null && end.isFinal();
        });
        assertThat(told.getComplete()).as(which).isEqualTo(complete);
        for (PartEnd request : told.getRequests()) {
            End end = truth.get(request.getPart());
            assertThat(request.getEnd()).as(which).isEqualTo(end == null ? EndKind.MISSING : end.kind());
            assertThat(request.getLabel()).as(which).isEqualTo(end == null ? null : end.label());
        }
    }

    private void look(String which) {
        for (Told told : completing.due(now)) {
            Completion record = CompletionRecord.of(told, 0, now);
            Completion before = last.put(record.getEventId(), record);
            if (before != null) {
                assertThat(record.getRequests()).as(which).isNotEqualTo(before.getRequests());
            }
        }
    }

    private void pass(Duration time, String which) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
            look(which);
        }
    }

    private static TakenApart taken(int parts) {
        return new TakenApart(
                new Position("chats", 0, 1),
                parts,
                List.of(),
                new TreeSet<>(IntStream.rangeClosed(1, parts).boxed().toList()),
                new TreeSet<>());
    }

    private Completing onShelf() {
        return new Completing(WITHIN, Duration.ofHours(1), new OpenEvents(shelf));
    }
}
