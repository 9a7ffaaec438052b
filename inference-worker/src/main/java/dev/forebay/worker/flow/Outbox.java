package dev.forebay.worker.flow;

import dev.forebay.worker.consume.Ticket;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.publish.TerminalSink;
import java.util.function.Consumer;

/** Sends terminal records; hands the ticket back when the broker has acknowledged. */
public final class Outbox {
    private final TerminalSink sink;
    private final Consumer<Ticket> acknowledged;
    private final Consumer<InputTicket> ended;

    /**
     * @param acknowledged takes tickets back
     * @param ended told afterwards, so that what waits behind a record of its key can go on
     */
    public Outbox(TerminalSink sink, Consumer<Ticket> acknowledged, Consumer<InputTicket> ended) {
        this.sink = sink;
        this.acknowledged = acknowledged;
        this.ended = ended;
    }

    void end(InputTicket input, Terminal terminal) {
        sink.publish(terminal, input.record(), () -> {
            acknowledged.accept(input.ticket());
            ended.accept(input);
        });
    }
}
