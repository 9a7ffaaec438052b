package dev.forebay.worker.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TransactionalSourceTest {
    private static final Commit COMMIT = new Commit(Map.of(new TopicPartition("work", 0), 1L), List.of());

    private final Broker broker = new Broker();
    private final Polls polls = new Polls();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final TransactionalSource source = new TransactionalSource(polls, consumer::groupMetadata, broker, "test");
    private final List<Commit.End> ends = new ArrayList<>();

    @AfterEach
    void close() {
        broker.go.countDown();
        source.close();
    }

    @Test
    void pollingGoesOnWhileATransactionRunsAndIsToldOfItsEnd() {
        source.commitAsync(COMMIT, ends::add);

        source.poll(Duration.ZERO);
        assertThat(polls.count).isEqualTo(1);
        assertThat(ends).isEmpty();

        broker.go.countDown();
        await().untilAsserted(() -> {
            source.poll(Duration.ZERO);
            assertThat(ends).containsExactly(Commit.End.COMMITTED);
        });
    }

    @Test
    void aTransactionThatFailsIsEndedBeforeReadingAgain() {
        broker.fails = true;
        broker.go.countDown();

        source.commitSync(COMMIT, ends::add);

        assertThat(ends).containsExactly(Commit.End.READ_AGAIN);
        assertThat(broker.recoveries).hasValue(1);
    }

    @Test
    void finishingWaitsForTheEnd() {
        source.commitAsync(COMMIT, ends::add);
        broker.go.countDown();

        source.finishCommit();

        assertThat(ends).containsExactly(Commit.End.COMMITTED);
    }

    private static final class Broker implements Transactions {
        private final CountDownLatch go = new CountDownLatch(1);
        private final AtomicInteger recoveries = new AtomicInteger();
        private volatile boolean fails;

        @Override
        public void run(Commit commit, ConsumerGroupMetadata group) {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new KafkaException(e);
            }
            if (fails) {
                throw new KafkaException("fenced");
            }
        }

        @Override
        public void recover() {
            recoveries.incrementAndGet();
        }
    }

    private static final class Polls implements RecordSource {
        private int count;

        @Override
        public Polled poll(Duration timeout) {
            count++;
            return new Polled(List.of(), Map.of());
        }

        @Override
        public void pause(Collection<TopicPartition> partitions) {}

        @Override
        public void resume(Collection<TopicPartition> partitions) {}

        @Override
        public void commitAsync(Commit commit, Consumer<Commit.End> ended) {
            throw new AssertionError("only in transactions");
        }

        @Override
        public void commitSync(Commit commit, Consumer<Commit.End> ended) {
            throw new AssertionError("only in transactions");
        }

        @Override
        public void finishCommit() {
            throw new AssertionError("only in transactions");
        }

        @Override
        public Map<TopicPartition, Long> rewind(Map<TopicPartition, Long> starts) {
            return starts;
        }
    }
}
