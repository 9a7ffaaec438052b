package dev.forebay.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.worker.batch.Batch;
import dev.forebay.worker.batch.BatchPolicy;
import dev.forebay.worker.batch.Batcher;
import dev.forebay.worker.batch.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class BatchQueueTest {
    private final Queue<Integer> expired = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final BatchQueue<Integer> queue = new BatchQueue<>(
            new Batcher<>(new BatchPolicy(64, 4, 32, 8, 0)), System::nanoTime, expired::add, waiting::add);

    @Test
    void everyItemGoesToExactlyOneOfManyExecutors() throws InterruptedException {
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        Queue<Integer> twice = new ConcurrentLinkedQueue<>();
        List<Thread> executors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread executor = new Thread(() -> take(taken, twice));
            executor.start();
            executors.add(executor);
        }
        for (int i = 0; i < 10_000; i++) {
            queue.offer(List.of(new Item<>(i, 1 + i % 20, System.nanoTime(), Item.NO_DEADLINE)));
        }

        await().until(() -> taken.size() == 10_000);
        queue.close();
        for (Thread executor : executors) {
            executor.join();
        }
        assertThat(twice).isEmpty();
        assertThat(expired).isEmpty();
    }

    @Test
    void waitingExecutorWakesForAnOffer() throws InterruptedException {
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        Thread executor = new Thread(() -> take(taken, new ConcurrentLinkedQueue<>()));
        executor.start();
        await().until(() -> executor.getState() == Thread.State.WAITING);

        queue.offer(List.of(new Item<>(1, 5, System.nanoTime(), Item.NO_DEADLINE)));

        await().atMost(Duration.ofSeconds(5)).until(() -> taken.contains(1));
        queue.close();
        executor.join();
    }

    @Test
    void itemsExpireWhileNobodyTakes() {
        queue.offer(List.of(new Item<>(1, 5, 0, System.nanoTime() - 1)));

        queue.expire();

        assertThat(expired).containsExactly(1);
        assertThat(queue.size()).isZero();
    }

    @Test
    void everyChangeOfHowManyWaitIsTold() {
        queue.offer(List.of(item(1), item(2), item(3), item(4), item(5)));
        queue.poll();
        queue.poll();

        assertThat(waiting).containsSubsequence(5, 1, 0);
    }

    private static Item<Integer> item(int number) {
        return new Item<>(number, 5, System.nanoTime(), Item.NO_DEADLINE);
    }

    private void take(Set<Integer> taken, Queue<Integer> twice) {
        try {
            for (Batch<Integer> batch = queue.take(); batch != null; batch = queue.take()) {
                for (Item<Integer> item : batch.items()) {
                    if (!taken.add(item.payload())) {
                        twice.add(item.payload());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
