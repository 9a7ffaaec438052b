package dev.forebay.deploy.faults;

import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.worker.Worker;
import java.nio.file.Path;

/** A process with the real worker over the fake model, configured by a file, so that signals to it are real. */
public final class FaultWorker {
    private FaultWorker() {}

    public static void main(String[] args) throws InterruptedException {
        ForebayConfig config = ForebayConfig.read(Path.of(args[0]));
        FakeModel model = new FakeModel();
        Worker worker = Worker.start(
                config.worker(),
                new Worker.Workload(model, config.tasks().over(model), 2),
                config.kafka(),
                config.topics(),
                config.codecs());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            worker.close();
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
        while (worker.failure().isEmpty()) {
            Thread.sleep(100);
        }
        worker.failure().ifPresent(Throwable::printStackTrace);
        Runtime.getRuntime().halt(1);
    }
}
