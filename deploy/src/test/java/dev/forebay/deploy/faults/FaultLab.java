package dev.forebay.deploy.faults;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * What the runs share: a broker in this process with two ways to it, one direct and one through a {@link ChaosProxy}, and
 * a registry with the same. Each run has topics and a group of its own.
 */
final class FaultLab implements AutoCloseable {
    /** A member that is silent is put out of its group after five seconds instead of forty-five. */
    static final Map<String, String> QUICK_EXPULSION = Map.of(
            "group.consumer.min.session.timeout.ms", "1000",
            "group.consumer.session.timeout.ms", "5000",
            "group.share.min.session.timeout.ms", "1000",
            "group.share.session.timeout.ms", "5000",
            "group.share.min.record.lock.duration.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

    private final EmbeddedKafka kafka;
    private final ChaosProxy proxy;
    private final EmbeddedRegistry registry;
    private final ChaosProxy registryProxy;

    private FaultLab(EmbeddedKafka kafka, ChaosProxy proxy, EmbeddedRegistry registry, ChaosProxy registryProxy) {
        this.kafka = kafka;
        this.proxy = proxy;
        this.registry = registry;
        this.registryProxy = registryProxy;
    }

    static FaultLab open() throws IOException {
        int direct;
        int proxied;
        int controller;
        try (ServerSocket a = socket();
                ServerSocket b = socket();
                ServerSocket c = socket()) {
            direct = a.getLocalPort();
            proxied = b.getLocalPort();
            controller = c.getLocalPort();
        }
        ChaosProxy proxy = ChaosProxy.to(proxied);
        Map<String, String> overrides = new HashMap<>(QUICK_EXPULSION);
        String there = "PLAINTEXT://127.0.0.1:" + direct + ",PROXIED://127.0.0.1:";
        overrides.put("listeners", there + proxied + ",CONTROLLER://127.0.0.1:" + controller);
        overrides.put("advertised.listeners", there + proxy.port());
        overrides.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        overrides.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(null, direct, overrides));
        EmbeddedRegistry registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        return new FaultLab(kafka, proxy, registry, ChaosProxy.to(registry.url().getPort()));
    }

    /** Of the broker, on the way that no fault touches. */
    String direct() {
        return kafka.bootstrapServers();
    }

    /** Of the broker, on the way through the proxy, which what it tells of itself does not leave. */
    String proxied() {
        return "127.0.0.1:" + proxy.port();
    }

    ChaosProxy proxy() {
        return proxy;
    }

    String registryUrl() {
        return registry.url().toString();
    }

    String proxiedRegistryUrl() {
        return "http://127.0.0.1:" + registryProxy.port();
    }

    ChaosProxy registryProxy() {
        return registryProxy;
    }

    @Override
    public void close() throws Exception {
        registryProxy.close();
        registry.close();
        proxy.close();
        kafka.close();
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
