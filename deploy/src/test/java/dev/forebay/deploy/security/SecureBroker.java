package dev.forebay.deploy.security;

import dev.forebay.deploy.embedded.EmbeddedKafka;
import dev.forebay.deploy.embedded.EmbeddedRegistry;
import dev.forebay.deploy.pipeline.AccessList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclPermissionType;

/**
 * A broker that lets nobody do anything that no rule allows. SASL_SSL takes SCRAM and OAuth tokens, SSL certificates;
 * whoever comes over the third listener, in the clear on this machine, may do everything: the registry, the test.
 */
final class SecureBroker implements AutoCloseable {
    static final String SCRAM_PASSWORD = "canary-scram-password";

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final Admin admin;
    private final int saslPort;
    private final int sslPort;

    SecureBroker(TestKeys keys, TokenIssuer issuer, String... users) throws Exception {
        int[] ports = freePorts(4);
        int port = ports[0];
        int controllerPort = ports[1];
        saslPort = ports[2];
        sslPort = ports[3];
        String listeners = "PLAINTEXT://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d,SSL://127.0.0.1:%d"
                .formatted(port, saslPort, sslPort);
        Map<String, String> settings = new HashMap<>(keys.trust());
        settings.putAll(keys.own("broker"));
        settings.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", listeners);
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/");
        settings.putAll(sasl(issuer));
        kafka = EmbeddedKafka.start(new EmbeddedKafka.Options(null, port, settings));
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), 0);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        for (String user : users) {
            addUser(user);
        }
    }

    /** Where everything is allowed. */
    String openServers() {
        return kafka.bootstrapServers();
    }

    String saslServers() {
        return "127.0.0.1:" + saslPort;
    }

    String sslServers() {
        return "127.0.0.1:" + sslPort;
    }

    String registryUrl() {
        return registry.url().toString();
    }

    Admin admin() {
        return admin;
    }

    /** From when it returns, the rights of a user are these and no others. */
    void allow(String user, Collection<AccessList.Right> rights) throws Exception {
        Set<AclBinding> wanted = new HashSet<>();
        for (AccessList.Right right : rights) {
            wanted.add(new AclBinding(
                    right.resource(),
                    new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW)));
        }
        Set<AclBinding> present = rightsOf(user);
        Set<AclBinding> added = new HashSet<>(wanted);
        added.removeAll(present);
        Set<AclBinding> removed = new HashSet<>(present);
        removed.removeAll(wanted);
        admin.createAcls(added).all().get(20, TimeUnit.SECONDS);
        List<AclBindingFilter> filters =
                removed.stream().map(AclBinding::toFilter).toList();
        admin.deleteAcls(filters).all().get(20, TimeUnit.SECONDS);
        Bounded.await("the rules of " + user, () -> rightsOf(user).equals(wanted));
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
        kafka.close();
    }

    private Set<AclBinding> rightsOf(String user) throws Exception {
        Set<AclBinding> own = new HashSet<>();
        for (AclBinding binding :
                admin.describeAcls(AclBindingFilter.ANY).values().get(20, TimeUnit.SECONDS)) {
            if (binding.entry().principal().equals("User:" + user)) {
                own.add(binding);
            }
        }
        return own;
    }

    private void addUser(String user) throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, SCRAM_PASSWORD)))
                .all()
                .get(20, TimeUnit.SECONDS);
        Bounded.await("the user " + user, () -> admin.describeUserScramCredentials()
                .users()
                .get(20, TimeUnit.SECONDS)
                .contains(user));
    }

    private static Map<String, String> sasl(TokenIssuer issuer) {
        String listener = "listener.name.sasl_ssl.";
        Map<String, String> settings = new HashMap<>();
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
        settings.put(
                listener + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put(
                listener + "oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        settings.put(
                listener + "oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
        settings.put("sasl.oauthbearer.jwks.endpoint.url", issuer.url("/keys"));
        settings.put("sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE);
        settings.put("sasl.oauthbearer.expected.issuer", TokenIssuer.ISSUER);
        return settings;
    }

    /** All held at once, so that they differ. */
    private static int[] freePorts(int count) throws IOException {
        ServerSocket[] sockets = new ServerSocket[count];
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
