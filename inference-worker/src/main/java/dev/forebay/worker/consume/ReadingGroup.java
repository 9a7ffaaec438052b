package dev.forebay.worker.consume;

import dev.forebay.schemas.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** The group that a worker reads with, as the cluster knows it. Each call is bounded in time. */
public final class ReadingGroup implements AutoCloseable {
    /** Of a share group; the brokers' own would skip what is there already, and read what was never committed. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "share.auto.offset.reset", "earliest",
            "share.isolation.level", "read_committed",
            "share.renew.acknowledge.enable", "true"));

    private static final String LIMIT = "share.delivery.count.limit";
    /** The most that a broker allows: each connection that breaks counts as a delivery of what it had. */
    private static final String LARGEST_LIMIT = "10";

    private static final String FEATURE = "share.version";
    private static final int TIMEOUT_SECONDS = 30;

    private final Admin admin;
    private final String group;

    public ReadingGroup(String group, KafkaConfig kafka) {
        this.admin = Admin.create(kafka.forAdmin());
        this.group = group;
    }

    /**
     * Looks whether the group may be read with.
     *
     * @param shared whether as a share group
     * @return how often it delivers a record
     * @throws GroupException where the name belongs to a group of the other kind, brokers have no share groups, or a
     *     setting of the group would lose records
     */
    public DeliveryLimit require(boolean shared) {
        if (shared) {
            return requireShareGroup();
        }
        requireConsumerGroup();
        return DeliveryLimit.NONE;
    }

    private void requireConsumerGroup() {
        requireUnless("a share group", admin.describeShareGroups(List.of(group)).all());
    }

    private DeliveryLimit requireShareGroup() {
        if (ask(admin.describeFeatures().featureMetadata()).finalizedFeatures().entrySet().stream()
                .noneMatch(feature ->
                        feature.getKey().equals(FEATURE) && feature.getValue().maxVersionLevel() > 0)) {
            throw new GroupException(
                    "The brokers have no share groups, which worker.delivery: queue reads with. It takes"
                            + " brokers of 4.2 or later, and: kafka-features.sh --bootstrap-server ... upgrade --feature "
                            + FEATURE + "=1");
        }
        requireUnless(
                "a consumer group", admin.describeConsumerGroups(List.of(group)).all());
        Config config = config();
        int limit = Integer.parseInt(value(config, LIMIT));
        List<String> wrong = wrong(config, limit);
        if (!wrong.isEmpty()) {
            throw new GroupException("The share group " + group + " would lose records: " + String.join(", ", wrong)
                    + ". Set what it needs: kafka-configs.sh --bootstrap-server ... --alter --entity-type groups"
                    + " --entity-name " + group + " --add-config "
                    + settings().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(",")));
        }
        return new DeliveryLimit(limit);
    }

    /** Gives a share group the settings that it needs; one that need not exist yet. */
    public void set() {
        ConfigResource resource = resource();
        List<AlterConfigOp> changes = new ArrayList<>();
        settings()
                .forEach((key, value) ->
                        changes.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        ask(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private static List<String> wrong(Config config, int limit) {
        List<String> wrong = new ArrayList<>();
        SETTINGS.forEach((key, needed) -> {
            if (!needed.equals(value(config, key))) {
                wrong.add(key + " is " + value(config, key) + " and has to be " + needed);
            }
        });
        if (limit < DeliveryLimit.LEAST) {
            wrong.add(LIMIT + " is " + limit + " and has to be " + DeliveryLimit.LEAST + " or more");
        }
        return wrong;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put(LIMIT, LARGEST_LIMIT);
        return settings;
    }

    private static String value(Config config, String key) {
        ConfigEntry entry = config.get(key);
        return entry == null ? "not known" : String.valueOf(entry.value());
    }

    private Config config() {
        return Objects.requireNonNull(
                ask(admin.describeConfigs(List.of(resource())).all()).get(resource()));
    }

    private ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.GROUP, group);
    }

    /** A group keeps its kind for as long as anything of it is kept, members or not. */
    private void requireUnless(String kind, KafkaFuture<?> description) {
        try {
            description.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // there is none; or it is not known, and then the consumer finds out
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        throw new GroupException(
                "worker.group " + group + " is " + kind + " on this cluster, which worker.delivery does not"
                        + " read with. Choose another worker.group; delivery.md says how that goes on where this one ended.");
    }

    private <T> T ask(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new GroupException(
                    "Group " + group + " cannot be looked up: " + e.getCause()
                            + ". 'forebay acls FILE' lists the rights that this takes.",
                    e);
        } catch (TimeoutException e) {
            throw new GroupException(
                    "No broker answered within " + TIMEOUT_SECONDS + " s; check kafka.bootstrap.servers.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GroupException("interrupted while looking for group " + group, e);
        }
    }
}
