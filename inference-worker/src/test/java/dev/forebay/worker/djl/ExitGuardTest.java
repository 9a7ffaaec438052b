package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ExitGuardTest {
    @Test
    void anExitWaitsForTheWorkToSeeItAndStop() throws Exception {
        ExitGuard guard = ExitGuard.open();
        assertThatCode(guard::check).doesNotThrowAnyException();

        CompletableFuture<Void> exit = CompletableFuture.runAsync(guard::exit);
        Awaitility.await().untilAsserted(() -> assertThatThrownBy(guard::check)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContaining("the process is ending"));
        assertThat(exit).isNotDone();
        guard.close();

        exit.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aClosedGuardHoldsNothingUp() throws Exception {
        ExitGuard guard = ExitGuard.open();
        guard.close();

        CompletableFuture.runAsync(guard::exit).get(10, TimeUnit.SECONDS);
    }
}
