package dev.forebay.deploy.pipeline;

import dev.forebay.deploy.observe.ObserveConfig;
import dev.forebay.processors.PolicyChanges;
import dev.forebay.processors.ProcessorsConfig;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.config.ConfigException;
import dev.forebay.schemas.config.KafkaConfig;
import dev.forebay.schemas.config.Problem;
import dev.forebay.schemas.config.Problems;
import dev.forebay.schemas.config.Section;
import dev.forebay.schemas.config.YamlFile;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.WorkerConfig;
import dev.forebay.worker.models.ModelsConfig;
import dev.forebay.worker.task.TaskConfig;
import dev.forebay.worker.task.TasksConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A whole configuration file, every section read. */
public record ForebayConfig(
        KafkaConfig kafka,
        RegistryConfig registry,
        Topics topics,
        ModelsConfig models,
        TasksConfig tasks,
        ProcessorsConfig processors,
        WorkerConfig worker,
        ObserveConfig observe) {
    private static final String BOOTSTRAP = "bootstrap.servers";

    /**
     * A configuration that names its cluster.
     *
     * @throws ConfigException with every problem of the file
     */
    public static ForebayConfig read(Path file) {
        Problems problems = new Problems();
        ForebayConfig config = read(YamlFile.read(file, problems));
        problems.check();
        return config;
    }

    /**
     * A configuration that may leave out {@code kafka.bootstrap.servers}, which {@link #namesCluster} then tells.
     *
     * @throws ConfigException with every other problem of the file
     */
    public static ForebayConfig readForAnyCluster(Path file) {
        Problems problems = new Problems();
        ForebayConfig config = read(YamlFile.read(file, problems));
        checkBut("kafka." + BOOTSTRAP, problems);
        return config;
    }

    /** As {@link #readForAnyCluster(Path)}, over values in memory. */
    public static ForebayConfig readForAnyCluster(Map<String, ?> values) {
        Problems problems = new Problems();
        ForebayConfig config = read(Section.of(values, problems));
        checkBut("kafka." + BOOTSTRAP, problems);
        return config;
    }

    /** What runs where there is no file: the tasks of the quickstart over a topic of plain texts. */
    public static ForebayConfig builtIn() {
        try (InputStream yaml = ForebayConfig.class.getResourceAsStream("built-in.yaml")) {
            String text = new String(Objects.requireNonNull(yaml).readAllBytes(), StandardCharsets.UTF_8);
            Problems problems = new Problems();
            ForebayConfig config = read(YamlFile.parse(text, "built-in.yaml", problems));
            checkBut("kafka." + BOOTSTRAP, problems);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ForebayConfig read(Section root) {
        Section topicNames = root.section("topics");
        Topics topics = Topics.read(topicNames);
        topicNames.done();
        TasksConfig tasks = TasksConfig.read(root.section("tasks"));
        ForebayConfig config = new ForebayConfig(
                KafkaConfig.read(root.section("kafka")),
                RegistryConfig.read(root.section("registry")),
                topics,
                ModelsConfig.read(root.section("models")),
                tasks,
                ProcessorsConfig.read(
                        root,
                        topics,
                        tasks.tasks().stream().map(TaskConfig::name).collect(Collectors.toSet())),
                WorkerConfig.read(root.section("worker")),
                ObserveConfig.read(root.section("observe")));
        root.has(YamlFile.SECRETS); // read with the file itself
        root.done();
        return config;
    }

    private static void checkBut(String key, Problems problems) {
        List<Problem> others = problems.all().stream()
                .filter(problem ->
                        !problem.key().equals(key) || !problem.value().isEmpty())
                .toList();
        if (!others.isEmpty()) {
            throw new ConfigException(others);
        }
    }

    /** Whether the file says which cluster to use. */
    public boolean namesCluster() {
        return kafka.common().containsKey(BOOTSTRAP);
    }

    /** The same configuration on a cluster of our own, where we are the ones to register schemas. */
    public ForebayConfig on(String bootstrapServers, String registryUrl) {
        Map<String, String> common = new HashMap<>(kafka.common());
        common.put(BOOTSTRAP, bootstrapServers);
        KafkaConfig there = new KafkaConfig(common, kafka.consumer(), kafka.producer(), kafka.admin(), kafka.streams());
        return new ForebayConfig(
                there,
                new RegistryConfig(Map.of("schema.registry.url", registryUrl, "auto.register.schemas", "true")),
                topics,
                models,
                tasks,
                processors,
                worker,
                observe);
    }

    /** The same configuration with another model, or the same run in another way. */
    public ForebayConfig with(ModelsConfig otherModels) {
        return new ForebayConfig(kafka, registry, topics, otherModels, tasks, processors, worker, observe);
    }

    /** The same configuration with another policy. */
    public ForebayConfig with(PolicyChanges.Changed policy) {
        return new ForebayConfig(kafka, registry, topics, models, tasks, processors.with(policy), worker, observe);
    }

    /** New codecs of the configured registry; each has a cache of its own. */
    public Codecs codecs() {
        return Codecs.of(registry);
    }
}
