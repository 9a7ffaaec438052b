package dev.forebay.worker.publish;

import dev.forebay.schemas.ReasonCode;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.UnsentTerminal;
import dev.forebay.worker.observe.WorkerMetrics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal as the record that goes out for it. What its topic does not take becomes a dead letter, and a dead letter that
 * is too large loses its payload. Not safe for use by several threads at once.
 */
public final class OutgoingTerminal implements UnsentTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingTerminal.class);

    private final TerminalEncoder encoder;
    private final InputRecord source;
    private Terminal terminal;
    private ProducerRecord<byte[], byte[]> record;

    /**
     * Encodes a terminal.
     *
     * @throws dev.forebay.schemas.registry.RegistryUnavailableException where that needs a registry that does not answer
     */
    public OutgoingTerminal(TerminalEncoder encoder, Terminal terminal, InputRecord source) {
        this.encoder = encoder;
        this.source = source;
        this.terminal = terminal;
        this.record = encoder.encode(terminal, source);
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    @Override
    public int bytes() {
        return record.value().length;
    }

    /**
     * Becomes the next smaller record.
     *
     * @throws IllegalStateException where there is none
     */
    void shrink() {
        int size = record.value().length;
        LOG.warn("record_too_large topic={} bytes={}", record.topic(), size);
        Terminal.Dead dead = terminal.fold(
                answered -> tooLarge("result", size),
                refused -> tooLarge("rejection", size),
                letter -> letter,
                Terminal.Postponed::otherwise);
        if (!encoder.isDeadLetter(record)) {
            record = encoder.encode(dead, source);
        } else {
            ProducerRecord<byte[], byte[]> smaller = encoder.encodeWithoutPayload(dead, source);
            if (smaller.value().length >= size) {
                throw new IllegalStateException("a dead letter of " + size + " bytes does not fit topic "
                        + record.topic() + "; raise its max.message.bytes");
            }
            record = smaller;
        }
        terminal = dead;
    }

    /** The broker has it, for good. */
    void count(WorkerMetrics metrics) {
        Runnable count = terminal.fold(
                answered -> metrics::answered,
                refused -> () -> metrics.refused(refused.code()),
                dead -> () -> metrics.refused(dead.code()),
                postponed -> () -> {});
        count.run();
    }

    private Terminal.Dead tooLarge(String what, int size) {
        return new Terminal.Dead(
                ReasonCode.OUTPUT_TOO_LARGE,
                "the " + what + " has " + size + " bytes, more than its topic takes",
                TerminalEncoder.requestId(terminal),
                null);
    }
}
