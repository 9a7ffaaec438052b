package dev.forebay.processors.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeded sequences of passages that come, are replaced, change hands and go, beside a model that compares with every
 * passage: a search finds what was there at the last refresh, of its own tenant alone, in the model's order.
 */
class PassageIndexSimulationTest {
    private static final long SEED = Long.getLong("forebay.retrieve.seed", 11);
    private static final int STEPS = Integer.getInteger("forebay.retrieve.steps", 12_000);
    private static final int DIMENSIONS = 12;
    private static final int KEYS = 900;
    private static final int LIMIT = 620;
    /** The last has many more than a search has candidates, so that the graph is searched; nobody owns anything of "none". */
    private static final List<String> TENANTS = List.of("acme", "bolt", "none", "house");
    /** Scores are sums of floats in another order. */
    private static final Offset<Double> NEARLY = Offset.offset(1e-5);

    private final Map<String, Passage> now = new HashMap<>();
    private Map<String, Passage> seen = Map.of();
    private Instant clock = Instant.parse("2026-11-26T10:00:00Z");
    private long changedAfterRefresh;
    private int taken;
    private int missed;
    private int searches;
    private int whole;
    private int refused;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void indexFindsWhatAComparisonWithEveryPassageFinds(boolean ofTenants) {
        Random random = new Random(SEED);
        PassageIndex index = new PassageIndex(LIMIT, () -> clock);
        Instant refreshed = Instant.MIN;
        for (int step = 0; step < STEPS; step++) {
            String key = "p-" + random.nextInt(KEYS);
            int kind = random.nextInt(10);
            if (kind < 5) {
                put(index, key, ofTenants, random);
            } else if (kind < 7) {
                index.delete(key);
                changedAfterRefresh += now.remove(key) == null ? 0 : 1;
            } else if (kind == 7) {
                clock = clock.plusMillis(random.nextInt(400));
            } else {
                boolean due = refreshed.equals(Instant.MIN)
                        || !clock.isBefore(refreshed.plusMillis(PassageIndex.REFRESH_MILLIS));
                if (due && (changedAfterRefresh > 0 || refreshed.equals(Instant.MIN))) {
                    seen = Map.copyOf(now);
                    refreshed = clock;
                    changedAfterRefresh = 0;
                }
                search(index, ofTenants ? TENANTS.get(random.nextInt(TENANTS.size())) : null, random, step);
            }
        }
        assertThat(whole).as("searches whose answer has to be exact").isGreaterThan(ofTenants ? STEPS / 20 : -1);
        assertThat(searches - whole).as("searches of the graph").isGreaterThan(STEPS / 50);
        assertThat(refused).as("passages beyond the limit").isPositive();
        assertThat(missed)
                .as("passages that the graph did not find, of %d", taken)
                .isLessThanOrEqualTo(taken / 1_000);
    }

    private void put(PassageIndex index, String key, boolean ofTenants, Random random) {
        // Most are of one tenant; and of a key that is replaced every so often the tenant changes.
        String tenant =
                !ofTenants ? null : random.nextInt(20) == 0 ? "acme" : random.nextInt(20) == 0 ? "bolt" : "house";
        UnitVector vector = vector(random);
        Passage passage = new Passage(key, tenant, vector, List.of("text of " + key, String.valueOf(random.nextInt())));
        boolean room = now.size() < LIMIT || now.containsKey(key);
        assertThat(index.put(passage)).as("room for %s", key).isEqualTo(room);
        if (room) {
            now.put(key, passage);
            changedAfterRefresh++;
        } else {
            refused++;
        }
    }

    /** Every so often one of five, so that many passages are equally near. */
    private UnitVector vector(Random random) {
        return Vectors.random(random.nextInt(8) == 0 ? new Random(random.nextInt(5)) : random, DIMENSIONS);
    }

    private void search(PassageIndex index, @Nullable String tenant, Random random, int step) {
        UnitVector query = vector(random);
        int most = 1 + random.nextInt(8);
        double least = random.nextInt(3) == 0 ? random.nextDouble() : -1;
        List<Hit> found = index.nearest(query, tenant, most, least);
        String which = "seed " + SEED + ", step " + step + ", tenant " + tenant + ", most " + most + ", least " + least;

        Collection<Passage> own = seen.values().stream()
                .filter(passage -> Objects.equals(passage.tenant(), tenant))
                .toList();
        List<Hit> expected = own.stream()
                .map(passage -> new Hit(passage.key(), Vectors.cosine(query, passage.vector()), passage.texts()))
                .filter(hit -> hit.score() >= least)
                .sorted(Hit.NEAREST_FIRST)
                .limit(most)
                .toList();
        for (Hit hit : found) {
            Passage passage = seen.get(hit.key());
            assertThat(passage).as("%s: %s is there", which, hit.key()).isNotNull();
            assertThat(passage.tenant()).as(which).isEqualTo(tenant);
            assertThat(hit.texts()).as(which).isEqualTo(passage.texts());
            assertThat(hit.score()).as(which).isCloseTo(Vectors.cosine(query, passage.vector()), NEARLY);
        }
        searches++;
        if (tenant != null && own.size() <= PassageIndex.CANDIDATES) {
            whole++;
            assertThat(keys(found)).as(which).isEqualTo(keys(expected));
        } else {
            List<String> absent = new ArrayList<>(keys(expected));
            absent.removeAll(keys(found));
            taken += expected.size();
            missed += absent.size();
            assertThat(found).as(which).isSortedAccordingTo(Hit.NEAREST_FIRST);
        }
    }

    private static List<String> keys(List<Hit> hits) {
        return hits.stream().map(Hit::key).toList();
    }
}
