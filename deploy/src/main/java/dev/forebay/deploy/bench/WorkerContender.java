package dev.forebay.deploy.bench;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.Worker;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.observe.WorkerStats;
import java.util.Optional;

/** Forebay's own worker, as a configuration file would start it. */
record WorkerContender(String name, Served served) implements Contender {
    @Override
    public Running start(Course course) {
        ForebayConfig config = course.config();
        Model model = served.model();
        Worker.Workload workload = new Worker.Workload(model, config.tasks().over(model), served.executors());
        WorkerConfig settings = config.worker().withBudget(served.paddedTokens());
        Worker worker = Worker.start(settings, workload, config.kafka(), config.topics(), config.codecs());
        return new RunningWorker(worker);
    }

    private record RunningWorker(Worker worker) implements Running {
        @Override
        public long answered() {
            return worker.stats().results();
        }

        @Override
        public Optional<Throwable> failure() {
            return worker.failure();
        }

        @Override
        public Optional<WorkerStats> stats() {
            return Optional.of(worker.stats());
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
