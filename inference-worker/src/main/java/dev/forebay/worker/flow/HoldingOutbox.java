package dev.forebay.worker.flow;

import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.InputRecord;
import dev.forebay.worker.consume.UnsentTerminal;
import dev.forebay.worker.publish.Terminal;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Hands terminal records to whoever sends them together with the offsets of their inputs. They go out in the order of the
 * inputs, so a key's order needs no more.
 */
public final class HoldingOutbox implements Outbox {
    private final BiFunction<Terminal, InputRecord, UnsentTerminal> encode;
    private final Consumer<Done> done;

    public HoldingOutbox(BiFunction<Terminal, InputRecord, UnsentTerminal> encode, Consumer<Done> done) {
        this.encode = encode;
        this.done = done;
    }

    @Override
    public void end(InputTicket input, Terminal terminal) {
        done.accept(new Done(input.ticket(), encode.apply(terminal, input.record())));
    }

    @Override
    public void flush() {
        // what waits here waits for what comes before it
    }
}
