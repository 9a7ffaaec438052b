package dev.forebay.deploy.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The client properties with which a user of a {@link SecureBroker} comes in, as a configuration has them. */
record Access(SecureBroker broker, TestKeys keys, TokenIssuer issuer, Path secrets) {
    enum Way {
        SCRAM,
        OAUTHBEARER,
        CERTIFICATE;

        Way next() {
            return switch (this) {
                case SCRAM -> OAUTHBEARER;
                case OAUTHBEARER -> CERTIFICATE;
                case CERTIFICATE -> SCRAM;
            };
        }
    }

    static Access of(SecureBroker broker, TestKeys keys, TokenIssuer issuer, Path secrets) throws IOException {
        Files.writeString(secrets.resolve("scram"), SecureBroker.SCRAM_PASSWORD);
        Files.writeString(secrets.resolve("client"), TokenIssuer.SECRET);
        return new Access(broker, keys, issuer, secrets);
    }

    Map<String, String> of(String user, Way way) {
        Map<String, String> properties = new HashMap<>(keys.trust());
        properties.put("bootstrap.servers", way == Way.CERTIFICATE ? broker.sslServers() : broker.saslServers());
        properties.put("security.protocol", way == Way.CERTIFICATE ? "SSL" : "SASL_SSL");
        switch (way) {
            case SCRAM -> properties.putAll(scram(user));
            case OAUTHBEARER -> properties.putAll(oauth(user));
            case CERTIFICATE -> properties.putAll(keys.own(user));
        }
        return properties;
    }

    private Map<String, String> scram(String user) {
        return Map.of(
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                        + "\" password=\"${file:" + secrets.resolve("scram") + "}\";");
    }

    private Map<String, String> oauth(String user) {
        return Map.of(
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.token.endpoint.url",
                issuer.url("/token"),
                "sasl.oauthbearer.client.credentials.client.id",
                user,
                "sasl.oauthbearer.client.credentials.client.secret",
                "${file:" + secrets.resolve("client") + "}",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
    }
}
