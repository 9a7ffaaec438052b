package dev.forebay.worker.consume;

/**
 * How often a share group delivers a record. Its broker drops the record without a word when the last delivery ends without
 * an acknowledgement. And it counts deliveries that reach nobody: where a process dies, what one of its consumers had is
 * given to the fetches that its others have on their way, before the broker notices that they are gone as well. So a dead
 * letter is written when half of the deliveries are used up.
 */
public record DeliveryLimit(int deliveries) {
    /** Of a consumer group, which does not count. */
    public static final DeliveryLimit NONE = new DeliveryLimit(Integer.MAX_VALUE);

    /** A record that is run once has to outlive a process of three consumers. */
    static final int LEAST = 4;

    /** True where a record is not to be run any more. */
    public boolean exhausted(InputRecord record) {
        return record.deliveries() >= deliveries / 2;
    }
}
