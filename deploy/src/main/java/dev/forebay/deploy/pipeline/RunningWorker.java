package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.console.FailedException;
import dev.forebay.worker.Worker;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.djl.DjlModel;
import dev.forebay.worker.djl.LocalModels;
import dev.forebay.worker.infer.Model;
import dev.forebay.worker.observe.MicrometerMetrics;
import dev.forebay.worker.observe.WorkerStats;
import dev.forebay.worker.tune.BudgetFiles;
import dev.forebay.worker.tune.BudgetKey;
import dev.forebay.worker.tune.BudgetTuner;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker with the model that it runs. */
public final class RunningWorker implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWorker.class);

    private final Model model;
    private final Worker worker;
    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningWorker(Model model, Worker worker) {
        this.model = model;
        this.worker = worker;
    }

    /**
     * Loads the configured model, which is imported first where it is not there yet.
     *
     * @param progress told a line when something takes seconds
     */
    public static DjlModel load(ForebayConfig config, Consumer<String> progress) {
        try {
            return LocalModels.open(config.models(), progress);
        } catch (IOException e) {
            throw FailedException.of("The model " + config.models().name() + " cannot be loaded", e);
        }
    }

    /** Starts on a loaded model, which it takes over and closes. */
    public static RunningWorker start(ForebayConfig config, DjlModel model) {
        try {
            Worker.Workload workload = new Worker.Workload(model, config.tasks().over(model), model.executors());
            Worker worker =
                    Worker.start(tuned(config, model), workload, config.kafka(), config.topics(), config.codecs());
            return new RunningWorker(model, worker);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The worker's settings with the batch budget that pays here, which is measured at the first start. */
    public static WorkerConfig tuned(ForebayConfig config, DjlModel model) {
        if (!config.worker().tunesBudget()) {
            return config.worker();
        }
        BudgetFiles files =
                BudgetFiles.of(config.models().directory(), model.describe().name());
        BudgetKey key = BudgetKey.of(model, config.worker().batch().maxCount());
        return new BudgetTuner(files, Clock.systemUTC(), LOG::info)
                .budget(model, key)
                .map(learned -> config.worker().withBudget(learned.knee().paddedTokens()))
                .orElse(config.worker());
    }

    @Override
    public String name() {
        return "worker";
    }

    /** Puts the worker's metrics into a registry. */
    public void observe(MeterRegistry registry) {
        worker.observe(new MicrometerMetrics(registry, worker::stats, worker::state));
    }

    public WorkerStats stats() {
        return worker.stats();
    }

    @Override
    public Optional<Throwable> failure() {
        return worker.failure();
    }

    @Override
    public Optional<String> obstacle() {
        return worker.state().obstacles().entrySet().stream()
                .map(met -> "worker is waiting at " + met.getKey() + ": " + met.getValue())
                .findFirst();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                worker.close();
            } finally {
                // closed under a call that hangs, the engine would end the process in a crash
                if (!worker.hangs()) {
                    model.close();
                }
            }
        }
    }
}
