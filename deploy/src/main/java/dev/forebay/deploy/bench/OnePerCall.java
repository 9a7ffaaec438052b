package dev.forebay.deploy.bench;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The simplest way: one call of the model for each record.
 *
 * @param part whether in one loop, or in as many as there are executors
 */
record OnePerCall(BenchPart part, Served served) implements Contender {
    private static final int MAX_POLL_RECORDS = 500;

    @Override
    public String name() {
        return part.code();
    }

    @Override
    public Running start(Course course) {
        DirectAnswers answers = new DirectAnswers(course, served.model());
        return ConsumerLoops.start(course, served.executors(), MAX_POLL_RECORDS, (records, replies) -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                answers.answer(List.of(record), replies);
            }
        });
    }
}
