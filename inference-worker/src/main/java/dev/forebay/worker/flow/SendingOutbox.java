package dev.forebay.worker.flow;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.publish.Terminal;
import dev.forebay.worker.publish.TerminalSink;
import java.util.function.Consumer;

/** Sends terminal records at once; a record is done when the broker has acknowledged. */
public final class SendingOutbox implements Outbox {
    private final TerminalSink sink;
    private final Consumer<Done> done;
    private final Consumer<InputTicket> ended;

    /**
     * @param done takes tickets back
     * @param ended told afterwards, so that what waits behind a record of its key can go on
     */
    public SendingOutbox(TerminalSink sink, Consumer<Done> done, Consumer<InputTicket> ended) {
        this.sink = sink;
        this.done = done;
        this.ended = ended;
    }

    @Override
    public void end(InputTicket input, Terminal terminal) {
        sink.publish(terminal, input.record(), () -> {
            done.accept(new Done(input.ticket(), null));
            ended.accept(input);
        });
    }

    @Override
    public void flush() {
        sink.flush();
    }
}
