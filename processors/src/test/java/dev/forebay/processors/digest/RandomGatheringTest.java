package dev.forebay.processors.digest;

import static dev.forebay.processors.digest.Digests.digest;
import static dev.forebay.processors.event.Events.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.processors.digest.Digest.Bounds;
import dev.forebay.processors.digest.Digest.Late;
import dev.forebay.processors.digest.Digests.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests in any order, over windows of each kind; the seed is the parameter. */
class RandomGatheringTest {
    private static final Duration BACK = Duration.ofMinutes(20);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRequestIsInEachOfItsWindowsOnce(long seed) {
        Random random = new Random(seed);
        int every = 10 + random.nextInt(60);
        WindowRule.Fixed rule = (WindowRule.Fixed) Digests.fixed(every * (1 + random.nextInt(3)), every);
        Run run = new Run(digest(rule, Late.DROP, bounds(random)), NOW);
        Map<Span, Integer> expected = new TreeMap<>(Comparator.comparingLong(Span::start));
        List<Closed> closed = new ArrayList<>();
        for (Instant issued : moments(random)) {
            rule.around(issued.toEpochMilli()).forEach(span -> expected.merge(span, 1, Integer::sum));
            assertThat(run.take("DE", "r-" + random.nextLong(), issued)).isTrue();
            closed.addAll(run.taken() % 80 == 0 ? run.pass(Duration.ofSeconds(1)) : List.of());
        }
        closed.addAll(run.pass(Duration.ofMinutes(5)));

        assertThat(closed.stream().collect(Collectors.toMap(c -> c.window().span(), RandomGatheringTest::requests)))
                .isEqualTo(expected);
        assertThat(run.kept()).as("nothing is left behind").isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sessionsAreThoseThatTheRequestsInTheirOrderWouldHaveMade(long seed) {
        Random random = new Random(seed);
        int gap = 1 + random.nextInt(5);
        Run run = new Run(digest(Digests.session(gap, 86_400), Late.DROP, bounds(random)), NOW);
        List<Instant> moments = moments(random);
        List<Closed> closed = new ArrayList<>();
        for (Instant issued : moments) {
            assertThat(run.take("DE", "r-" + random.nextLong(), issued)).isTrue();
            closed.addAll(run.taken() % 80 == 0 ? run.pass(Duration.ofSeconds(1)) : List.of());
        }
        closed.addAll(run.pass(Duration.ofMinutes(5)));

        assertThat(closed.stream().collect(Collectors.toMap(c -> c.window().span(), RandomGatheringTest::requests)))
                .isEqualTo(sessions(moments, gap * 1_000L));
        assertThat(run.kept()).as("nothing is left behind").isZero();
    }

    /** Where a session may grow no longer, what it consists of depends on the order; that none is lost does not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void boundedSessionsKeepEachRequestOnce(long seed) {
        Random random = new Random(seed);
        Run run = new Run(digest(Digests.session(5, 20), Late.DROP, bounds(random)), NOW);
        List<Instant> moments = moments(random);
        moments.forEach(issued ->
                assertThat(run.take("DE", "r-" + random.nextLong(), issued)).isTrue());
        List<Closed> closed = run.pass(Duration.ofMinutes(5));

        assertThat(closed.stream().mapToInt(RandomGatheringTest::requests).sum())
                .isEqualTo(moments.size());
        assertThat(closed).allMatch(c -> c.window().span().length() <= 20_000);
        Set<Long> ids = new HashSet<>();
        assertThat(closed).allMatch(c -> ids.add(c.window().key().id()));
    }

    private static Bounds bounds(Random random) {
        return new Bounds(1 + random.nextInt(20), 100 + random.nextInt(1_000), 50);
    }

    private static List<Instant> moments(Random random) {
        List<Instant> moments = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            moments.add(NOW.minusMillis(random.nextInt((int) BACK.toMillis())));
        }
        return moments;
    }

    private static int requests(Closed closed) {
        assertThat(closed.texts()).hasSize(closed.window().tally().texts());
        return closed.window().tally().texts() + (int) closed.window().tally().leftOut();
    }

    private static Map<Span, Integer> sessions(List<Instant> moments, long gap) {
        Map<Span, Integer> sessions = new TreeMap<>(Comparator.comparingLong(Span::start));
        List<Long> times = moments.stream().map(Instant::toEpochMilli).sorted().toList();
        int first = 0;
        for (int i = 1; i <= times.size(); i++) {
            if (i == times.size() || times.get(i) - times.get(i - 1) > gap) {
                sessions.put(new Span(times.get(first), times.get(i - 1)), i - first);
                first = i;
            }
        }
        return sessions;
    }
}
