package dev.forebay.deploy.security;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits that end. */
final class Bounded {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private Bounded() {}

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(BOUND).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
