package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Secrets;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which cluster a command talks to: an address, or a configuration file where more than that is needed. */
final class ClusterOptions {
    @Option(
            names = {"-b", "--bootstrap-server"},
            paramLabel = "HOST:PORT",
            description = "The broker.")
    private Optional<String> bootstrapServer = Optional.empty();

    @Option(
            names = {"-r", "--registry"},
            paramLabel = "URL",
            description = "The schema registry, for topics in Avro.")
    private Optional<String> registry = Optional.empty();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration, instead of the two above.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--allow-insecure", description = "Talk in the clear to a broker or registry on another machine.")
    private boolean allowInsecure;

    KafkaConfig kafka() {
        if (file.isPresent() == bootstrapServer.isPresent()) {
            throw new UsageException("Name the cluster with either --bootstrap-server HOST:PORT or --config FILE.");
        }
        return file.map(path -> ForebayConfig.read(path).kafka())
                .orElseGet(() -> named("bootstrap.servers", bootstrapServer.orElseThrow(), KafkaConfig::read));
    }

    /** What the options say, held to what a file is held to. */
    private <C> C named(String key, String value, Function<Section, C> read) {
        Problems problems = new Problems();
        C config = read.apply(Section.of(Map.of(key, value, "allow.insecure", allowInsecure), problems));
        for (Problem problem : problems.all()) {
            String fix = problem.fix().contains("allow.insecure")
                    ? "Name the cluster with --config FILE, or add --allow-insecure to send records in the clear."
                    : problem.fix();
            throw new UsageException(
                    Secrets.shown(key, value) + " is refused; allowed: " + problem.allowed() + ". " + fix);
        }
        return config;
    }

    /** What a person has to add who reads a topic in Avro without a registry. */
    UsageException withoutRegistry() {
        return new UsageException(
                file.isPresent()
                        ? "The topic is in Avro, and the configuration has no section registry."
                        : "The topic is in Avro. Add --registry URL.");
    }

    Codecs codecs() {
        RegistryConfig config = file.map(path -> ForebayConfig.read(path).registry())
                .orElseGet(() -> registry.map(url -> named("schema.registry.url", url, RegistryConfig::read))
                        .orElse(new RegistryConfig(Map.of())));
        return Codecs.of(config);
    }
}
