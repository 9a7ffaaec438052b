package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.observe.ObserveEndpoint;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.RunningProcessors;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One process with both topologies. */
@Command(
        name = "processors",
        description = "Makes requests of events and verdicts of outcomes, until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ProcessorsCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Mixin
    private final ConfigFile file = new ConfigFile();

    ProcessorsCommand(Console console, Stop stop) {
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
        RunningProcessors processors = RunningProcessors.start(config);
        processors.observe(endpoint.registry());
        Serving serving = new Serving(console, stop);
        endpoint.readyUnless(() -> serving.obstacle(List.of(processors)));
        console.say("forebay: the processors are starting. Stop them with Ctrl-C.");
        return serving.untilStopped(List.of(processors));
    }
}
