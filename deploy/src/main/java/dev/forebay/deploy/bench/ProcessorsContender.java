package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.worker.observe.WorkerStats;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The worker between both topologies: intake before it, verdict behind it, each with exactly-once transactions. */
record ProcessorsContender(Served served) implements Contender {
    @Override
    public String name() {
        return BenchPart.PROCESSORS.code();
    }

    @Override
    public Running start(Course course) {
        RunningProcessors processors = RunningProcessors.start(course.config());
        try {
            Running worker = new WorkerContender(name(), served).start(course);
            return new Whole(processors, worker, AnswerReader.count(course));
        } catch (RuntimeException e) {
            processors.close();
            throw e;
        }
    }

    private record Whole(RunningProcessors processors, Running worker, AnswerReader answers) implements Running {
        @Override
        public long answered() {
            return answers.read();
        }

        @Override
        public Optional<Throwable> failure() {
            return Stream.<Supplier<Optional<Throwable>>>of(processors::failure, worker::failure, answers::failure)
                    .flatMap(part -> part.get().stream())
                    .findFirst();
        }

        @Override
        public Optional<WorkerStats> stats() {
            return worker.stats();
        }

        @Override
        public void close() {
            worker.close();
            processors.close();
            answers.close();
        }
    }
}
