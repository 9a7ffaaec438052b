package dev.forebay.worker;

import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.worker.consume.ConsumerLoop;
import dev.forebay.worker.consume.Done;
import dev.forebay.worker.consume.KafkaSource;
import dev.forebay.worker.consume.RecordSink;
import dev.forebay.worker.consume.RecordSource;
import dev.forebay.worker.observe.Obstacles;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Reads each topic with one consumer of a consumer group, whose offsets are committed behind what is done. */
record ConsumerGroup(WorkerConfig config, KafkaConfig kafka, Obstacles obstacles) {
    /** @param committing gives a consumer the commits that its mode asks for */
    Reading read(String role, String topic, RecordSink sink, Function<KafkaSource, RecordSource> committing) {
        Queue<Done> done = new ConcurrentLinkedQueue<>();
        KafkaSource consumer = new KafkaSource(kafka.forConsumer(), config.group(), role, obstacles, System::nanoTime);
        ConsumerLoop loop = new ConsumerLoop(
                committing.apply(consumer), sink, done, config.bounds(), config.commitInterval(), System::nanoTime);
        consumer.subscribe(List.of(topic), loop);
        return new Reading(List.of(new Reading.Reader(role, loop, consumer)), done::add);
    }
}
