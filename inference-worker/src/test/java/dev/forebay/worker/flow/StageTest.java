package dev.forebay.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebay.schemas.registry.RegistryUnavailableException;
import dev.forebay.worker.observe.Obstacles;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class StageTest {
    private final Obstacles obstacles = new Obstacles();
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean registryDown = new AtomicBoolean();
    private final AtomicReference<Throwable> fatal = new AtomicReference<>();

    @Test
    void nothingIsSkippedWhileTheRegistryIsAway() {
        registryDown.set(true);
        try (Stage<Integer> stage = new Stage<>("test", 4, this::step, obstacles, fatal::set)) {
            stage.start(1);
            for (int i = 0; i < 10; i++) {
                stage.put(i);
            }
            await().until(() -> !obstacles.now().isEmpty());
            assertThat(obstacles.now()).containsEntry("test", "down");
            assertThat(done).hasSize(1);
            registryDown.set(false);

            await().until(() -> done.size() == 10);
            await().until(() -> obstacles.now().isEmpty());
            assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(fatal.get()).isNull();
        }
    }

    @Test
    void whatAStepThrowsIsFatal() {
        try (Stage<Integer> stage = new Stage<>(
                "test",
                4,
                group -> {
                    throw new IllegalStateException("bug");
                },
                obstacles,
                fatal::set)) {
            stage.start(1);
            stage.put(1);

            await().untilAsserted(() -> assertThat(fatal.get()).hasMessage("bug"));
        }
    }

    private void step(List<Integer> group) {
        while (!group.isEmpty()) {
            if (registryDown.get() && group.get(0) > 0) {
                throw new RegistryUnavailableException("down", new IllegalStateException());
            }
            done.add(group.remove(0));
        }
    }
}
