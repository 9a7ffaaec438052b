package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.observe.ObserveEndpoint;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningWorker;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One worker process. */
@Command(
        name = "worker",
        description = "Reads requests, runs them through the model and writes the outcomes, until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class WorkerCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    WorkerCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        ForebayConfig config = ForebayConfig.read(file.path());
        stop.claim();
        try (ObserveEndpoint endpoint = ObserveEndpoint.open(config.observe(), console::say)) {
            return serve(config, endpoint);
        }
    }

    private int serve(ForebayConfig config, ObserveEndpoint endpoint) {
        RunningWorker worker = RunningWorker.start(config, RunningWorker.load(config, console::say));
        worker.observe(endpoint.registry());
        Serving serving = new Serving(console, stop);
        endpoint.readyUnless(() -> serving.obstacle(List.of(worker)));
        console.say("forebay: the worker reads "
                + String.join(" and ", config.topics().workNames()) + " in group "
                + config.worker().group() + ". Stop it with Ctrl-C.");
        return serving.untilStopped(List.of(worker));
    }
}
