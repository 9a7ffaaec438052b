package dev.forebay.deploy.cli;

import dev.forebay.deploy.console.UsageException;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

    KafkaConfig kafka() {
        if (file.isPresent() == bootstrapServer.isPresent()) {
            throw new UsageException("Name the cluster with either --bootstrap-server HOST:PORT or --config FILE.");
        }
        return file.map(path -> ForebayConfig.read(path).kafka())
                .orElseGet(() -> KafkaConfig.of(bootstrapServer.orElseThrow()));
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
                .orElseGet(() -> new RegistryConfig(
                        registry.map(url -> Map.of("schema.registry.url", url)).orElse(Map.of())));
        return Codecs.of(config);
    }
}
