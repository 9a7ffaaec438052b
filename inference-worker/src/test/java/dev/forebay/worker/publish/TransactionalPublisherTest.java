package dev.forebay.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.registry.MemoryRegistry;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.consume.Commit;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.observe.Obstacles;
import dev.forebay.worker.observe.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class TransactionalPublisherTest {
    private static final TopicPartition WORK = new TopicPartition("forebay.work", 0);
    private static final ConsumerGroupMetadata GROUP = new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

    private final TerminalEncoder encoder = new TerminalEncoder(
            Topics.defaults(), Codecs.over(new MemoryRegistry()), () -> Instant.ofEpochMilli(5_000));
    private final Tally tally = new Tally(1, System::nanoTime);
    private final List<LimitedProducer> producers = new ArrayList<>();
    private final Obstacles obstacles = new Obstacles();
    private int limit = Integer.MAX_VALUE;
    private final TransactionalPublisher publisher = new TransactionalPublisher(
            () -> {
                producers.add(new LimitedProducer());
                return producers.get(producers.size() - 1);
            },
            "work-live",
            tally,
            obstacles);

    @Test
    void recordsAndOffsetsAreCommittedTogether() {
        publisher.run(commit(letter(0, 10), letter(1, 10)), GROUP);

        assertThat(last().history()).hasSize(2);
        assertThat(last().consumerGroupOffsetsHistory())
                .containsExactly(Map.of(GROUP.groupId(), Map.of(WORK, new OffsetAndMetadata(2))));
        assertThat(tally.stats().deadLetters()).isEqualTo(2);
    }

    @Test
    void aLetterThatIsTooLargeGoesOutWithoutItsPayloadAndCostsItsNeighbourNothing() {
        limit = 4_000;

        publisher.run(commit(letter(0, 10), letter(1, 9_000)), GROUP);

        assertThat(last().commitCount()).isEqualTo(1);
        assertThat(last().history()).hasSize(2).allSatisfy(record -> assertThat(record.value().length)
                .isLessThan(4_000));
        assertThat(producers).hasSize(1);
    }

    /** As the broker's refusal of one record looks to those that wait behind it. */
    @Test
    void whatFitsIsNotTakenForTooLargeBecauseItWaitedBehindWhatIsNot() {
        limit = 4_000;
        failsTheRest = true;

        publisher.run(commit(letter(0, 9_000), letter(1, 10), letter(2, 9_000)), GROUP);

        assertThat(last().history()).hasSize(3);
        assertThat(new String(last().history().get(1).value(), StandardCharsets.ISO_8859_1))
                .doesNotContain("did not fit");
        assertThat(new String(last().history().get(2).value(), StandardCharsets.ISO_8859_1))
                .contains("did not fit");
    }

    @Test
    void nothingIsCommittedOfATransactionThatFails() throws Exception {
        last().fenceProducer();

        assertThatThrownBy(() -> publisher.run(commit(letter(0, 10)), GROUP)).isInstanceOf(KafkaException.class);
        assertThat(tally.stats().deadLetters()).isZero();

        publisher.recover();
        publisher.run(commit(letter(0, 10)), GROUP);
        assertThat(producers).hasSize(2);
        assertThat(last().history()).hasSize(1);
    }

    /** A broker may have forgotten a partition when it aborted, and would commit what lies there with the next transaction. */
    @Test
    void recoveryAbortsOnceMoreInEachPartitionThatMayHaveRecords() throws Exception {
        flushFails = true;
        assertThatThrownBy(() -> publisher.run(commit(letter(0, 10), letter(1, 90), letter(2, 50)), GROUP))
                .isInstanceOf(KafkaException.class);
        assertThat(last().aborted).isEmpty();

        publisher.recover();

        assertThat(producers).hasSize(2);
        assertThat(last().aborted).hasSize(1).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("forebay.dead-letters");
            assertThat(record.partition()).isZero();
            assertThat(record.value()).hasSizeLessThan(300);
        });
        publisher.run(commit(letter(0, 10)), GROUP);
        assertThat(last().history()).hasSize(1);
        assertThat(last().aborted).hasSize(1);
    }

    @Test
    void recoveryAbortsNothingOfATransactionThatMayBeCommitted() throws Exception {
        last().commitTransactionException = new KafkaException("no answer");
        assertThatThrownBy(() -> publisher.run(commit(letter(0, 10)), GROUP)).isInstanceOf(KafkaException.class);

        publisher.recover();

        assertThat(last().aborted).isEmpty();
        assertThat(last().transactionInFlight()).isFalse();
    }

    @Test
    void recoveryIsNotHeldUpByARecordThatIsTooLarge() throws Exception {
        flushFails = true;
        assertThatThrownBy(() -> publisher.run(commit(letter(0, 9_000)), GROUP)).isInstanceOf(KafkaException.class);
        limit = 4_000;

        publisher.recover();

        assertThat(producers).hasSize(3);
        assertThat(last().aborted).isEmpty();
        publisher.run(commit(letter(0, 10)), GROUP);
        assertThat(last().history()).hasSize(1);
    }

    @Test
    void recoveryTriesUntilBrokersLetIt() throws Exception {
        last().fenceProducer();
        refusals = 2;

        publisher.recover();

        assertThat(producers).hasSize(4);
        assertThat(obstacles.now()).containsOnlyKeys("transactions of work-live");
        publisher.run(commit(letter(0, 10)), GROUP);
        assertThat(last().history()).hasSize(1);
        assertThat(obstacles.now()).isEmpty();
    }

    @Test
    void nothingIsCommittedWhereNothingIsSmallEnough() {
        limit = 10;

        assertThatThrownBy(() -> publisher.run(commit(letter(0, 10)), GROUP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raise its max.message.bytes");
        assertThat(last().commitCount()).isZero();
    }

    private int refusals;
    private boolean failsTheRest;
    private boolean flushFails;

    private LimitedProducer last() {
        return producers.get(producers.size() - 1);
    }

    private Commit commit(OutgoingTerminal... terminals) {
        return new Commit(Map.of(WORK, (long) terminals.length), List.of(terminals));
    }

    private OutgoingTerminal letter(long offset, int size) {
        InputRecord source = new InputRecord(WORK, offset, 0, null, new byte[size], new RecordHeaders(), 0, 1);
        return new OutgoingTerminal(encoder, new Terminal.Dead(ReasonCode.MALFORMED, "not Avro", null, null), source);
    }

    /** Refuses records that are too large as the real one does: by the callback, its transaction none the wiser. */
    private final class LimitedProducer extends MockProducer<byte[], byte[]> {
        private final List<ProducerRecord<byte[], byte[]>> aborted = new ArrayList<>();
        private boolean refusing;

        LimitedProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void beginTransaction() {
            refusing = false;
            super.beginTransaction();
        }

        @Override
        public synchronized void flush() {
            super.flush();
            if (flushFails) {
                flushFails = false;
                throw new KafkaException("the broker is gone");
            }
        }

        @Override
        public void abortTransaction() {
            aborted.addAll(uncommittedRecords());
            super.abortTransaction();
        }

        @Override
        public void initTransactions() {
            if (refusals > 0) {
                refusals--;
                throw new ProducerFencedException("not yet");
            }
            super.initTransactions();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (record.value().length > limit || refusing) {
                refusing = failsTheRest;
                RecordTooLargeException failure = new RecordTooLargeException("too large");
                callback.onCompletion(null, failure);
                return CompletableFuture.failedFuture(failure);
            }
            return super.send(record, callback);
        }
    }
}
