package dev.forebay.worker.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source whose commits are transactions. They run on a thread of their own, one after the other, so that polling goes on
 * whatever a transaction waits for; how they ended is told on the poll thread.
 */
public final class TransactionalSource implements RecordSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalSource.class);
    /** Less than the time in which a rebalance has to end, so that a transaction that hangs costs no more than its partitions. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final RecordSource source;
    private final Supplier<ConsumerGroupMetadata> group;
    private final Transactions transactions;
    private final ExecutorService thread;
    private @Nullable Begun begun;

    /** @param group the consumer's place in its group now; asked on the poll thread */
    public TransactionalSource(
            RecordSource source, Supplier<ConsumerGroupMetadata> group, Transactions transactions, String role) {
        this.source = source;
        this.group = group;
        this.transactions = transactions;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "forebay-transaction-" + role);
            created.setDaemon(true);
            return created;
        });
    }

    @Override
    public Polled poll(Duration timeout) {
        if (begun != null && begun.end.isDone()) {
            finishCommit();
        }
        return source.poll(timeout);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        source.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        source.resume(partitions);
    }

    @Override
    public void commitAsync(Commit commit, Consumer<Commit.End> ended) {
        if (begun != null) {
            throw new IllegalStateException("a transaction is still running");
        }
        ConsumerGroupMetadata member = group.get();
        begun = new Begun(thread.submit(() -> run(commit, member)), ended);
    }

    @Override
    public void commitSync(Commit commit, Consumer<Commit.End> ended) {
        commitAsync(commit, ended);
        finishCommit();
    }

    @Override
    public void finishCommit() {
        Begun running = begun;
        if (running == null) {
            return;
        }
        try {
            Commit.End end = running.end.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            begun = null;
            running.ended.accept(end);
        } catch (TimeoutException e) {
            LOG.warn("transaction_slow waited={}", LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transaction ended in an unforeseen way", e.getCause());
        }
    }

    @Override
    public Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts) {
        return source.rewind(starts);
    }

    private Commit.End run(Commit commit, ConsumerGroupMetadata member) throws InterruptedException {
        try {
            transactions.run(commit, member);
            return Commit.End.COMMITTED;
        } catch (RuntimeException e) {
            LOG.warn(
                    "transaction_failed partitions={} cause={}",
                    commit.offsets().keySet(),
                    e.toString());
            transactions.recover();
            return Commit.End.READ_AGAIN;
        }
    }

    /** Gives up on a transaction that still runs; the next life of this worker, or the broker, ends it. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("transaction_slow waited={}", LONGEST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Begun(Future<Commit.End> end, Consumer<Commit.End> ended) {}
}
