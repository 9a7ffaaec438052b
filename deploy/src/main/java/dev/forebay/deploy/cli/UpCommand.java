package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.Console;
import dev.forebay.deploy.console.Stop;
import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.embedded.EmbeddedCluster;
import dev.forebay.deploy.observe.ObserveEndpoint;
import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.Instructions;
import dev.forebay.deploy.pipeline.Part;
import dev.forebay.deploy.pipeline.RunningProcessors;
import dev.forebay.deploy.pipeline.RunningWorker;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.worker.djl.DjlModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything in one process. */
@Command(
        name = "up",
        description = {
            "Runs worker and processors in one process, until it is stopped.",
            "Where the configuration names no cluster, a broker and a registry run in the process as well."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class UpCommand implements Callable<Integer> {
    private final Console console;
    private final Stop stop;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The configuration; without it, three tasks over a topic of texts.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--data-dir", paramLabel = "D", description = "Keep the embedded broker's data in this directory.")
    private Optional<Path> dataDir = Optional.empty();

    @Option(names = "--port", paramLabel = "P", description = "Port of the embedded broker; a free one otherwise.")
    private int port;

    @Option(
            names = "--registry-port",
            paramLabel = "P",
            description = "Port of the embedded registry; a free one otherwise.")
    private int registryPort;

    UpCommand(Console console, Stop stop) {
        this.console = console;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        ForebayConfig config = file.map(ForebayConfig::readForAnyCluster).orElseGet(ForebayConfig::builtIn);
        if (config.namesCluster() && (port != 0 || registryPort != 0 || dataDir.isPresent())) {
            throw new UsageException("The configuration names a cluster, so --port, --registry-port and --data-dir of"
                    + " an embedded one have no meaning. Leave them out, or take kafka.bootstrap.servers out of "
                    + file.map(Path::toString).orElse("") + ".");
        }
        stop.claim();
        EmbeddedCluster cluster = null;
        try {
            if (!config.namesCluster()) {
                cluster = EmbeddedCluster.start(new EmbeddedCluster.Options(dataDir.orElse(null), port, registryPort));
                config = config.on(cluster.bootstrapServers(), cluster.registryUrl());
                createTopics(config);
            }
            try (ObserveEndpoint endpoint = ObserveEndpoint.open(config.observe(), console::say)) {
                return serve(config, cluster, endpoint);
            }
        } finally {
            close(cluster);
        }
    }

    private int serve(ForebayConfig config, @Nullable EmbeddedCluster cluster, ObserveEndpoint endpoint) {
        List<Part> parts = new ArrayList<>();
        try {
            stop.check();
            DjlModel model = RunningWorker.load(config, console::say);
            RunningWorker worker = RunningWorker.start(config, model);
            parts.add(worker);
            worker.observe(endpoint.registry());
            RunningProcessors processors = RunningProcessors.start(config);
            parts.add(processors);
            processors.observe(endpoint.registry());
        } catch (RuntimeException e) {
            parts.forEach(Part::close);
            throw e;
        }
        Serving serving = new Serving(console, stop);
        endpoint.readyUnless(() -> serving.obstacle(parts));
        console.say("forebay: up. Stop it with Ctrl-C.");
        if (cluster != null) {
            String source = config.processors().intake().sourceTopics().stream()
                    .findFirst()
                    .orElse(config.topics().requests().name());
            Instructions.of(cluster).serving(source, config.topics()).forEach(console::say);
        }
        return serving.untilStopped(parts);
    }

    private static void createTopics(ForebayConfig config) {
        try (BrokerTopics broker = BrokerTopics.of(config.kafka())) {
            broker.create(TopicPlan.of(config), Optional.empty());
        }
    }

    private static void close(@Nullable EmbeddedCluster cluster) {
        if (cluster != null) {
            cluster.close();
        }
    }
}
