package dev.forebay.worker.flow;

import java.util.function.Consumer;

/**
 * Where records come into the flow: at once, or one of a key at a time. Its place is before everything that can end a
 * record, so that results, rejections and dead letters of a key all keep their order.
 */
public final class Entrance {
    private final Order order;
    private final Consumer<InputTicket> onward;
    private final KeyOrder<InputTicket> keys = new KeyOrder<>();

    /** What order terminal records keep. */
    public enum Order {
        /** None: whoever is done first. */
        NONE,
        /** Those of one Kafka key come in the order of their requests. */
        KEY
    }

    public Entrance(Order order, Consumer<InputTicket> onward) {
        this.order = order;
        this.onward = onward;
    }

    public void arrive(InputTicket input) {
        if (order == Order.NONE || keys.arrive(input.record().key(), input)) {
            onward.accept(input);
        }
    }

    /** The broker has acknowledged the terminal record of this one. */
    public void ended(InputTicket input) {
        if (order == Order.NONE) {
            return;
        }
        InputTicket next = keys.ended(input.record().key());
        if (next != null) {
            onward.accept(next);
        }
    }
}
