package dev.forebay.worker.consume;

/**
 * How often a share group delivers a record. Its broker drops the record without a word when the last delivery ends without
 * an acknowledgement. And it counts deliveries that reach nobody: where a process dies, what one of its consumers had is
 * given to the fetches that its others have on their way, before the broker notices that they are gone as well. So a dead
 * letter is written when half of the deliveries are used up. Connections that break use up deliveries as well, so a run that
 * is on its way is waited for until there are no more left than this process would use up by dying.
 */
public record DeliveryLimit(int deliveries) {
    /** Of a consumer group, which does not count. */
    public static final DeliveryLimit NONE = new DeliveryLimit(Integer.MAX_VALUE);

    /** Share consumers of a worker, for each topic: so many deliveries it uses up by dying. */
    public static final int CONSUMERS = 3;

    /** A record that is run once has to outlive its process. */
    static final int LEAST = CONSUMERS + 1;

    /** True where a record is not to be run any more. */
    public boolean exhausted(InputRecord record) {
        return record.deliveries() >= deliveries / 2;
    }

    /** True where not even a run that this process has begun is waited for. */
    boolean exhaustedWhileItRuns(InputRecord record) {
        return exhausted(record) && record.deliveries() > deliveries - CONSUMERS;
    }
}
