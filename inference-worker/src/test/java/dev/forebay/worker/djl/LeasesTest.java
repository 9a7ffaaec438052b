package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Leases leases = new Leases();

    @Test
    void withNobodyInsideClosingIsImmediate() {
        assertThat(leases.close(LONG)).isEqualTo(Leases.Closing.IDLE);
    }

    @Test
    void onlyTheFirstCloserFrees() {
        leases.close(LONG);

        assertThat(leases.close(LONG)).isEqualTo(Leases.Closing.CLOSED_BEFORE);
    }

    @Test
    void afterClosingNobodyEnters() {
        leases.close(LONG);

        assertThatThrownBy(leases::take).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingWaitsForTheLastLease() throws Exception {
        Leases.Lease first = leases.take();
        Leases.Lease second = leases.take();
        CompletableFuture<Leases.Closing> closing = CompletableFuture.supplyAsync(() -> leases.close(LONG));

        first.close();
        assertThat(closing).isNotDone();
        second.close();

        assertThat(closing.get(30, TimeUnit.SECONDS)).isEqualTo(Leases.Closing.IDLE);
    }

    @Test
    void closingGivesUpAtItsBound() {
        try (Leases.Lease kept = leases.take()) {
            assertThat(kept).isNotNull();
            assertThat(leases.close(Duration.ofMillis(20))).isEqualTo(Leases.Closing.BUSY);
        }
    }

    @Test
    void anInterruptDoesNotShortenTheWait() {
        try (Leases.Lease kept = leases.take()) {
            assertThat(kept).isNotNull();
            Thread.currentThread().interrupt();
            long started = System.nanoTime();

            assertThat(leases.close(Duration.ofMillis(50))).isEqualTo(Leases.Closing.BUSY);

            assertThat(System.nanoTime() - started)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
