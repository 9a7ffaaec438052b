package dev.forebay.processors.retrieve;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a search for the nearest passages finds of what a comparison with every passage finds, what processor time it takes,
 * and what a passage takes of the heap. The vectors lie in clusters, as those of texts do; a query lies near a passage.
 */
final class RetrievalMeasurement {
    private static final int PASSAGES = Integer.getInteger("forebay.retrieve.passages", 100_000);
    private static final int DIMENSIONS = 384;
    private static final int CLUSTERS = 1_000;
    private static final int QUERIES = 1_000;
    private static final int TEXT_CHARS = 500;
    private static final int MOST = 10;
    /** One of a hundred passages is the small tenant's, all others are the large one's. */
    private static final int SHARE = 100;

    private static final List<String> WORDS = List.of(
            "the", "refund", "of", "card", "is", "money", "after", "account", "days", "within", "order", "your");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Random random = new Random(7);
    private final UnitVector[] vectors = new UnitVector[PASSAGES];

    @Test
    void printsRecallAndSearchesPerSecondAndBytesPerPassage() throws InterruptedException {
        UnitVector[] centers = new UnitVector[CLUSTERS];
        for (int i = 0; i < CLUSTERS; i++) {
            centers[i] = Vectors.random(random, DIMENSIONS);
        }
        for (int i = 0; i < PASSAGES; i++) {
            vectors[i] = Vectors.near(centers[random.nextInt(CLUSTERS)], 1, random);
        }
        long before = heap();
        PassageIndex index = new PassageIndex(PASSAGES, Instant::now);
        long began = ofProcess();
        for (int i = 0; i < PASSAGES; i++) {
            index.put(new Passage("p-" + i, tenant(i), vectors[i], List.of(text())));
        }
        long first = THREADS.getCurrentThreadCpuTime();
        var unused = index.nearest(vectors[0], null, MOST, -1);
        System.out.printf("first search: %.0f ms%n", 1_000 * secondsSince(first));
        awaitMerges();
        System.out.printf("fill: %,d passages in %.0f s of all threads%n", PASSAGES, (ofProcess() - began) / 1e9);
        System.out.printf("heap: %,d bytes for each passage%n", (heap() - before) / PASSAGES);

        UnitVector[] queries = new UnitVector[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = Vectors.near(vectors[random.nextInt(PASSAGES)], 0.7, random);
        }
        report("all", index, queries, null);
        report("large tenant", index, queries, "large");
        report("small tenant", index, queries, "small");
    }

    private void report(String which, PassageIndex index, UnitVector[] queries, @Nullable String tenant) {
        long found = 0;
        for (UnitVector query : queries) {
            Set<String> expected = exact(query, tenant);
            Set<String> hits = index.nearest(query, tenant, MOST, -1).stream()
                    .map(Hit::key)
                    .collect(Collectors.toSet());
            expected.retainAll(hits);
            found += expected.size();
        }
        double recall = (double) found / (QUERIES * MOST);
        for (int round = 1; round <= 3; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            for (UnitVector query : queries) {
                if (index.nearest(query, tenant, MOST, -1).size() != MOST) {
                    throw new AssertionError(which);
                }
            }
            System.out.printf(
                    "%s, round %d: recall@%d %.4f, %,.0f searches/s%n",
                    which, round, MOST, recall, QUERIES / secondsSince(began));
        }
        long began = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < 20; i++) {
            exact(queries[i], tenant);
        }
        System.out.printf("%s: %,.0f searches/s by comparison with every passage%n", which, 20 / secondsSince(began));
    }

    private Set<String> exact(UnitVector query, @Nullable String tenant) {
        record Scored(int passage, float score) {}
        return IntStream.range(0, PASSAGES)
                .filter(i -> tenant == null || tenant.equals(tenant(i)))
                .mapToObj(i -> new Scored(i, dot(query.numbers(), vectors[i].numbers())))
                .sorted((a, b) -> Float.compare(b.score(), a.score()))
                .limit(MOST)
                .map(scored -> "p-" + scored.passage())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static String tenant(int passage) {
        return passage % SHARE == 0 ? "small" : "large";
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        while (text.length() < TEXT_CHARS) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString();
    }

    private static void awaitMerges() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains("Lucene Merge Thread")) {
                thread.join();
                awaitMerges();
                return;
            }
        }
    }

    private static double secondsSince(long began) {
        return (THREADS.getCurrentThreadCpuTime() - began) / 1e9;
    }

    private static long ofProcess() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
