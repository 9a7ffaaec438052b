package dev.forebay.worker.batch;

/** A way to make batches, as a benchmark drives it. */
interface Plan<T> {
    void offer(Item<T> item);

    /** The next batch; asked for only while something waits. */
    Batch<T> poll();

    /** Ours. */
    static <T> Plan<T> of(Batcher<T> batcher) {
        return new Plan<>() {
            @Override
            public void offer(Item<T> item) {
                batcher.offer(item);
            }

            @Override
            public Batch<T> poll() {
                return batcher.poll(0).fold(Decision.Run::batch, wait -> {
                    throw new IllegalStateException("it waits");
                });
            }
        };
    }
}
