package dev.forebay.deploy.bench;

/** The usual next step: one call for up to 32 records of a poll, in the order of their arrival. */
record FixedBatches(Served served) implements Contender {
    private static final int BATCH = 32;

    @Override
    public String name() {
        return BenchPart.FIXED_BATCHES.code();
    }

    @Override
    public Running start(Course course) {
        return ConsumerLoops.start(
                course, served.executors(), BATCH, new DirectAnswers(course, served.model())::answer);
    }
}
