package dev.forebay.deploy.bench;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.schemas.record.Lane;
import dev.forebay.worker.infer.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One request a second through an idle pipeline, and beside it, within the same second and with the same text, what it
 * cannot do without: a call of the model, and the way through both topics with an echo in the worker's place.
 */
final class SingleRequest {
    private static final long THIRD_OF_A_SECOND_MILLIS = 333;
    private static final long PATIENCE_SECONDS = 30;

    private final Scene scene;
    private final Served served;
    private final BenchTexts texts;

    /** Milliseconds, a request a place. */
    record Found(List<Double> pipeline, List<Double> directCall, List<Double> roundTrip) {
        /** What the pipeline took beyond the other two, request by request. */
        List<Double> extra() {
            return IntStream.range(0, pipeline.size())
                    .mapToObj(i -> pipeline.get(i) - directCall.get(i) - roundTrip.get(i))
                    .toList();
        }
    }

    SingleRequest(Scene scene, Served served, BenchTexts texts) {
        this.scene = scene;
        this.served = served;
        this.texts = texts;
    }

    Found run(int count) {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Contender worker = new WorkerContender("single requests", served);
        try (Course pipeline = scene.rig().course();
                Course echo = scene.rig().course();
                AtWork atWork = AtWork.start(worker, pipeline, scene.stop());
                ConsumerLoops echoing = ConsumerLoops.start(echo, 1, 1, SingleRequest.echo(echo));
                Way through = new Way(pipeline);
                Way back = new Way(echo)) {
            // The first of each meets cold connections and is not counted.
            through.millis(count, texts.at(count));
            back.millis(count, texts.at(count));
            for (int i = 0; i < count; i++) {
                scene.stop().check();
                String text = texts.at(i);
                found.pipeline.add(through.millis(i, text));
                pause();
                found.roundTrip.add(back.millis(i, text));
                pause();
                found.directCall.add(directCall(text));
                pause();
            }
        }
        return found;
    }

    private double directCall(String text) {
        long started = System.nanoTime();
        Model model = served.model();
        model.infer(model.tokenize(List.of(text)));
        return (System.nanoTime() - started) / 1e6;
    }

    private static ConsumerLoops.Step echo(Course course) {
        String replies = course.output().name();
        return (records, out) ->
                records.forEach(record -> out.send(new ProducerRecord<>(replies, record.key(), record.value())));
    }

    private static void pause() {
        try {
            Thread.sleep(THIRD_OF_A_SECOND_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("Interrupted.", e);
        }
    }

    /** In at one end of a course and out at the other. */
    private static final class Way implements AutoCloseable {
        private final Course course;
        private final KafkaProducer<byte[], byte[]> producer;
        private final LinkedBlockingQueue<ConsumerRecord<byte[], byte[]>> answers = new LinkedBlockingQueue<>();
        private final AnswerReader reader;

        Way(Course course) {
            this.course = course;
            this.producer = course.producer(Map.of("linger.ms", "0", "acks", "all"));
            this.reader = AnswerReader.start(course, (answer, nanos) -> answers.add(answer));
        }

        double millis(int index, String text) {
            String id = Outcomes.id(index);
            long started = System.nanoTime();
            var unused = producer.send(course.record(index, Course.request(id, text, Lane.LIVE)));
            while (!id.equals(next())) {
                // an answer to one of the first few requests
            }
            return (System.nanoTime() - started) / 1e6;
        }

        private String next() {
            try {
                ConsumerRecord<byte[], byte[]> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (answer == null) {
                    throw new FailedException("A single request was not answered within " + PATIENCE_SECONDS + " s.");
                }
                return new String(answer.key(), StandardCharsets.UTF_8);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FailedException("Interrupted.", e);
            }
        }

        @Override
        public void close() {
            reader.close();
            producer.close();
        }
    }
}
