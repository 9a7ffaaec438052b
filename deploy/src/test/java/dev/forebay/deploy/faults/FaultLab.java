package dev.forebay.deploy.faults;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * What the runs share: a broker in this process with three ways to it, one direct and two through a {@link ChaosProxy}
 * each, for the workers and for the client; and a registry with a direct and a proxied one. Each run has topics and a
 * group of its own. The broker lets everybody do everything to what no rule names.
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
    private final ChaosProxy clientProxy;
    private final EmbeddedRegistry registry;
    private final ChaosProxy registryProxy;

    private FaultLab(EmbeddedKafka kafka, ChaosProxy proxy, ChaosProxy clientProxy) throws IOException {
        this.kafka = kafka;
        this.proxy = proxy;
        this.clientProxy = clientProxy;
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        registryProxy = ChaosProxy.to(registry.url().getPort());
    }

    static FaultLab open() throws IOException {
        int direct;
        int workers;
        int clients;
        int controller;
        try (ServerSocket a = socket();
                ServerSocket b = socket();
                ServerSocket c = socket();
                ServerSocket d = socket()) {
            direct = a.getLocalPort();
            workers = b.getLocalPort();
            clients = c.getLocalPort();
            controller = d.getLocalPort();
        }
        ChaosProxy proxy = ChaosProxy.to(workers);
        ChaosProxy clientProxy = ChaosProxy.to(clients);
        Map<String, String> overrides = new HashMap<>(QUICK_EXPULSION);
        String listeners = "PLAINTEXT://127.0.0.1:%d,WORKERS://127.0.0.1:%d,CLIENTS://127.0.0.1:%d";
        overrides.put(
                "listeners", listeners.formatted(direct, workers, clients) + ",CONTROLLER://127.0.0.1:" + controller);
        overrides.put("advertised.listeners", listeners.formatted(direct, proxy.port(), clientProxy.port()));
        overrides.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,WORKERS:PLAINTEXT,CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        overrides.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        overrides.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        overrides.put("allow.everyone.if.no.acl.found", "true");
        return new FaultLab(
                EmbeddedKafka.start(new EmbeddedKafka.Options(null, direct, overrides)), proxy, clientProxy);
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

    /** As {@link #proxied}, for the client. */
    String proxiedForClient() {
        return "127.0.0.1:" + clientProxy.port();
    }

    ChaosProxy clientProxy() {
        return clientProxy;
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

    /** Takes every fault away. */
    void heal() {
        proxy.heal();
        clientProxy.heal();
        registryProxy.heal();
    }

    @Override
    public void close() throws Exception {
        registryProxy.close();
        registry.close();
        clientProxy.close();
        proxy.close();
        kafka.close();
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
