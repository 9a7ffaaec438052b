package dev.forebay.worker.flow;

import dev.forebay.worker.infer.ItemOutcome;
import dev.forebay.worker.observe.WorkerMetrics;
import dev.forebay.worker.publish.Terminal;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Gives a request another attempt where its failure may pass and it has not had its share. */
public final class Retries {
    private final RetryPolicy policy;
    private final Way way;
    private final WorkerMetrics metrics;
    private final RetryBudget budget;
    private final RandomGenerator random;

    /** How a request comes to its next attempt. */
    @FunctionalInterface
    public interface Way {
        /**
         * Sends it there.
         *
         * @param otherwise what it ends with where it cannot be sent there
         */
        void again(InputTicket input, Terminal.Dead otherwise, Duration pause);
    }

    public Retries(RetryPolicy policy, Way way, WorkerMetrics metrics, LongSupplier nanoClock, RandomGenerator random) {
        this.policy = policy;
        this.way = way;
        this.metrics = metrics;
        this.budget = new RetryBudget(nanoClock);
        this.random = random;
    }

    /** A request has got its terminal record. */
    void ended() {
        budget.ended();
    }

    /** True where the request is tried again, so that nothing more is to be done for it now. */
    boolean again(Assembly assembly, ItemOutcome.Failed failure) {
        int tried = assembly.input().record().attempts();
        if (!failure.mayPass() || !policy.another(tried)) {
            return false;
        }
        Duration pause = policy.pause(tried, random);
        Duration turn = budget.take();
        way.again(assembly.input(), Finisher.dead(assembly, failure), pause.compareTo(turn) > 0 ? pause : turn);
        metrics.retried();
        return true;
    }
}
