package dev.forebay.deploy.faults;

import dev.forebay.deploy.pipeline.BrokerTopics;
import dev.forebay.deploy.pipeline.ForebayConfig;
import dev.forebay.deploy.pipeline.TopicPlan;
import dev.forebay.schemas.Topics;
import dev.forebay.schemas.record.Request;
import dev.forebay.schemas.registry.HttpSchemaRegistry;
import dev.forebay.schemas.registry.RegistryConfig;
import dev.forebay.schemas.serde.Codecs;
import dev.forebay.worker.WorkerConfig.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** One case in one mode with one seed: its workers, its client, its observer. What a {@link Nemesis} works with. */
final class FaultRun implements AutoCloseable {
    static final String TASK = "vector";
    static final int IN_FLIGHT = 50;
    /** Four times what may be in flight is read beyond the committed offset, and exceeded by at most one poll. */
    static final int UNCOMMITTED = 5 * IN_FLIGHT;

    static final long IN_FLIGHT_BYTES = 1 << 20;
    static final String SECRET = "canary-4711";
    private static final int TOPICS_READ = 3;
    /** With which a share group's worker reads each topic; each is a member of the group. */
    private static final int SHARE_CONSUMERS = 3;

    private static final String MEMBER = "member of the group";
    private static final int KEYS = 40;
    private static final Map<String, Object> GIVES_UP_SOON =
            Map.of("request.timeout.ms", "1500", "delivery.timeout.ms", "3000");
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(40);

    private final FaultLab lab;
    private final FaultCase fault;
    private final Path directory;
    private final Random random;
    private final @Nullable BrokerProcess broker;
    private final ForebayConfig config;
    private final Workers workers;
    private final History history;
    private final Codecs codecs;
    private final Client client;
    private final Observer observer;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    private FaultRun(FaultLab lab, FaultCase fault, Delivery delivery, long seed, Path directory) throws IOException {
        this.lab = lab;
        this.fault = fault;
        this.directory = directory;
        this.random = new Random(seed);
        boolean own = fault.place() == FaultCase.Place.OWN_BROKER;
        broker = own ? BrokerProcess.start(BrokerProcess.dataDirectory(directory)) : null;
        String prefix = fault.id() + "." + spelling(delivery) + "." + seed;
        Path file = directory.resolve("forebay.yaml");
        Files.writeString(file, settings(prefix, delivery).text());
        config = ForebayConfig.read(file);
        try (BrokerTopics topics = BrokerTopics.of(
                ForebayConfig.builtIn().on(bootstrap(), lab.registryUrl()).kafka())) {
            topics.create(TopicPlan.of(config), Optional.of(2));
        }
        codecs = Codecs.over(HttpSchemaRegistry.of(
                new RegistryConfig(Map.of("schema.registry.url", lab.registryUrl(), "auto.register.schemas", "true"))));
        history = History.appendTo(directory.resolve("history.jsonl"));
        boolean exposed = fault.place() == FaultCase.Place.SHARED_WITH_EXPOSED_CLIENT;
        client = new Client(
                exposed ? lab.proxiedForClient() : bootstrap(),
                config.topics().work(),
                codecs.of(config.topics().work(), Request.class),
                history,
                exposed ? GIVES_UP_SOON : Map.of());
        observer = new Observer(
                bootstrap(),
                config.topics(),
                new TerminalReader(config.topics(), codecs),
                group(),
                isShared(),
                history,
                client);
        workers = new Workers(file, directory, this::broken);
    }

    static FaultRun open(FaultLab lab, FaultCase fault, Delivery delivery, long seed, Path directory)
            throws IOException {
        return new FaultRun(lab, fault, delivery, seed, directory);
    }

    /** The one source of chance of a run. */
    Random random() {
        return random;
    }

    Workers workers() {
        return workers;
    }

    Client client() {
        return client;
    }

    Observer observer() {
        return observer;
    }

    Admin admin() {
        return observer.admin();
    }

    Topics topics() {
        return config.topics();
    }

    Codecs codecs() {
        return codecs;
    }

    /** Where the run's files are. */
    Path directory() {
        return directory;
    }

    /** Closes something when the run's processes are gone. */
    <T extends AutoCloseable> T owned(T resource) {
        owned.add(resource);
        return resource;
    }

    FaultLab lab() {
        return lab;
    }

    /** On the workers' way to the shared broker. */
    ChaosProxy proxy() {
        return lab.proxy();
    }

    /** On the way of a client that is exposed. */
    ChaosProxy clientProxy() {
        return lab.clientProxy();
    }

    BrokerProcess broker() {
        return Objects.requireNonNull(broker, "the case has no broker of its own");
    }

    /** Of the broker, for a client that no fault touches. */
    String bootstrap() {
        return broker == null ? lab.direct() : broker.bootstrapServers();
    }

    /** Sends requests that have an answer; one in ten is slow, so that a fault finds batches on their way. */
    void send(int count) {
        // without the order of keys they go faster
        String slow = isShared() ? "!delay:200 " : "!delay:40 ";
        for (int i = 0; i < count; i++) {
            String text = "text " + client.sent() + " " + random.nextLong() + " " + SECRET;
            send(Ask.text(key(), random.nextInt(10) == 0 ? slow + text : text));
        }
    }

    void send(Ask ask) {
        client.send(ask);
    }

    /** One of the keys that requests have. */
    String key() {
        return "k-" + random.nextInt(KEYS);
    }

    void faultBegins(String name) {
        history.add(Operation.fault(System.nanoTime(), name));
    }

    void faultHealed(String name) {
        history.add(Operation.heal(System.nanoTime(), name));
    }

    /** Notes, where it is not so, what the case asks beyond what all runs have to keep. */
    void expect(boolean holds, String sentence) {
        if (!holds) {
            broken(sentence);
        }
    }

    /** Observes until so many requests have their terminal; the bound passes where they do not get it. */
    void awaitEnded(int count) {
        awaitThat(count + " requests have ended", () -> observer.ended() >= count);
    }

    void awaitAllEnded() {
        client.flush();
        observe();
        awaitThat("all requests have ended", () -> !observer.isWaiting());
    }

    /** Of a share group, so that a fault finds nothing in flight. */
    void awaitAllAccepted() {
        awaitAllEnded();
        awaitThat("all requests are accepted", observer::isAllAccepted);
    }

    /** Observes until something is so; that it was not within the bound breaks the run. */
    void awaitThat(String what, BooleanSupplier so) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!so.getAsBoolean() && System.nanoTime() - end < 0) {
            observe();
        }
        expect(so.getAsBoolean(), "stuck: within " + BOUND.toSeconds() + " s not so: " + what);
    }

    /** Observes for a while. */
    void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            observe();
        }
    }

    /** Of the workers. */
    String group() {
        return config.worker().group();
    }

    /** Rises with every change of the group's members or their partitions. */
    int groupEpoch() throws Exception {
        if (isShared()) {
            var described = admin().describeShareGroups(List.of(group())).all().get(10, TimeUnit.SECONDS);
            return described.values().iterator().next().groupEpoch();
        }
        var described = admin().describeConsumerGroups(List.of(group())).all().get(10, TimeUnit.SECONDS);
        return described.values().stream()
                .findFirst()
                .flatMap(ConsumerGroupDescription::groupEpoch)
                .orElseThrow();
    }

    /** Whether the workers read with a share group. */
    private boolean isShared() {
        return config.worker().delivery() == Delivery.QUEUE;
    }

    void alterTopic(String topic, String key, String value) throws Exception {
        alter(new ConfigResource(ConfigResource.Type.TOPIC, topic), key, value);
    }

    void alter(ConfigResource resource, String key, String value) throws Exception {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin().incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get(10, TimeUnit.SECONDS);
    }

    /** Heals what is not yet, waits for all terminals, and stops the workers. */
    Evidence finish() throws Exception {
        lab.heal();
        awaitAllEnded();
        workers.stopAll(STOP);
        observer.sample();
        Map<String, Integer> left = workers.left();
        left.put(MEMBER, observer.members());
        return observer.evidence(
                workers.memory(), workers.logs(), Map.of(MEMBER, membersPerWorker() * workers.endedAtOnce()), left);
    }

    private int membersPerWorker() {
        return isShared() ? TOPICS_READ * SHARE_CONSUMERS : TOPICS_READ;
    }

    /** What was not as the case asks. */
    List<String> violations() {
        return violations;
    }

    @Override
    public void close() throws Exception {
        lab.heal();
        workers.close();
        client.close();
        if (broker == null) {
            var unused = admin().deleteTopics(TopicPlan.of(config).names());
        }
        observer.close();
        history.close();
        if (broker != null) {
            broker.close();
        }
        for (AutoCloseable resource : owned) {
            resource.close();
        }
    }

    private void observe() {
        workers.check();
        observer.sample();
    }

    private void broken(String sentence) {
        if (!violations.contains(sentence)) {
            violations.add(sentence);
        }
    }

    private WorkerSettings settings(String prefix, Delivery delivery) {
        WorkerSettings settings = new WorkerSettings()
                .set("kafka", "bootstrap.servers", broker == null ? lab.proxied() : bootstrap())
                .set("kafka", "ssl.key.password", SECRET)
                .set("kafka.consumer", "max.poll.records", "50")
                .set("registry", "schema.registry.url", lab.proxiedRegistryUrl())
                .set("registry", "auto.register.schemas", true)
                .set("tasks." + TASK, "task", "embed")
                .set("tasks." + TASK, "reuse", false)
                .set("worker", "group", prefix)
                .set("worker", "delivery", spelling(delivery))
                .set("worker", "order", delivery.name().equals("QUEUE") ? "none" : "key")
                .set("worker", "state", directory.resolve("state").toString())
                .set("worker.in-flight", "records", IN_FLIGHT)
                .set("worker.in-flight", "bytes", IN_FLIGHT_BYTES);
        for (String topic : List.of(
                "requests",
                "work",
                "work-bulk",
                "retries",
                "outcomes",
                "results",
                "review",
                "rejections",
                "dead-letters",
                "replays")) {
            settings.set("topics", topic, prefix + "." + topic);
        }
        fault.settings().accept(settings);
        return settings;
    }

    private static String spelling(Delivery delivery) {
        return delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
