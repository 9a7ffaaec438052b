package dev.forebay.worker.consume;

/**
 * How often a share group delivers a record. Its broker drops the record without a word when the last delivery ends without
 * an acknowledgement, so a dead letter has to be written while one more delivery is left.
 */
public record DeliveryLimit(int deliveries) {
    /** Of a consumer group, which does not count. */
    public static final DeliveryLimit NONE = new DeliveryLimit(Integer.MAX_VALUE);

    /** With fewer, nothing would be run at all. */
    static final int LEAST = 3;

    /** True where a record is not to be run any more. */
    public boolean exhausted(InputRecord record) {
        return record.deliveries() >= deliveries - 1;
    }
}
