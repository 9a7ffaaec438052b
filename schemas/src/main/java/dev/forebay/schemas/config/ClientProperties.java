package dev.forebay.schemas.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka clients may not be told by accident: to talk in the clear to another machine, to accept any host's
 * certificate, to read any file through a config provider. Every client is looked at, with what it inherits.
 */
final class ClientProperties {
    private static final String SERVERS = "bootstrap.servers";
    private static final String PROTOCOL = "security.protocol";
    private static final String HOST_CHECK = "ssl.endpoint.identification.algorithm";
    private static final String PROVIDERS = "config.providers";
    private static final String JAAS = "sasl.jaas.config";
    private static final Pattern LOGIN = Pattern.compile(
            "\\s*[\\w$]+(\\.[\\w$]+)+\\s+(required|requisite|sufficient|optional)"
                    + "(\\s+[\\w.$-]+\\s*=\\s*(\"([^\"\\\\]++|\\\\.)*+\"|'([^'\\\\]++|\\\\.)*+'|[^\\s;=\"']++))*+\\s*;\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Map<String, String> PROVIDER_LIMITS = Map.of(
            "FileConfigProvider", "param.allowed.paths",
            "DirectoryConfigProvider", "param.allowed.paths",
            "EnvVarConfigProvider", "param.allowlist.pattern");

    private final Section section;
    private final Map<String, String> all;

    /** @param section the section {@code kafka} with its keys made flat */
    ClientProperties(Section section) {
        this.section = section;
        this.all = section.properties();
    }

    void refuseInsecureTransport() {
        for (String client : clientsWith("", SERVERS, PROTOCOL)) {
            String protocol = inherited(client, PROTOCOL);
            List<String> away = away(inherited(client, SERVERS));
            if (!isEncrypted(protocol) && !away.isEmpty()) {
                section.problem(
                        all.containsKey(client + PROTOCOL) ? client + PROTOCOL : PROTOCOL,
                        "SSL or SASL_SSL, because " + away.get(0) + " is not on this machine",
                        "Set it and what it needs, or set kafka." + KafkaConfig.ALLOW_INSECURE
                                + ": true to send records and passwords in the clear.");
            }
        }
        for (String client : clientsWith(null, HOST_CHECK)) {
            if (String.valueOf(all.get(client + HOST_CHECK)).isBlank()) {
                section.problem(
                        client + HOST_CHECK,
                        "https",
                        "Remove it: without it any certificate that is trusted passes for the broker's. Or set kafka."
                                + KafkaConfig.ALLOW_INSECURE + ": true.");
            }
        }
    }

    /** Kafka's own message for a line that it cannot read repeats a part of it, and that may be the password. */
    void refuseUnreadableLogins() {
        for (String client : clientsWith(null, JAAS)) {
            if (!LOGIN.matcher(String.valueOf(all.get(client + JAAS))).matches()) {
                section.problem(
                        client + JAAS,
                        "one login module: CLASS required key=\"value\" ... ;",
                        "Quote each value, with a backslash before a quote in it, and end with a semicolon.");
            }
        }
    }

    void refuseUnlimitedProviders() {
        for (String client : clientsWith(null, PROVIDERS)) {
            COMMA.splitAsStream(String.valueOf(all.get(client + PROVIDERS)))
                    .forEach(name -> checkProvider(client, name.strip()));
        }
    }

    private void checkProvider(String client, String name) {
        if (SecretReferences.isKind(name)) {
            section.problem(
                    client + PROVIDERS,
                    "names other than env and file",
                    "Rename the provider: ${" + name + ":...} is Forebay's own, which section secrets limits.");
        }
        String provider = client + PROVIDERS + "." + name + ".";
        String type = all.getOrDefault(provider + "class", "");
        String limit = PROVIDER_LIMITS.get(type.substring(type.lastIndexOf('.') + 1));
        if (limit != null && all.getOrDefault(provider + limit, "").isBlank()) {
            section.problem(
                    provider + limit,
                    "what the provider may read",
                    "Add it: without it " + type.substring(type.lastIndexOf('.') + 1) + " gives away everything.");
        }
    }

    /** The prefixes, {@code streams.main.consumer.} among them, below which one of the properties is set. */
    private Set<String> clientsWith(@Nullable String always, String... properties) {
        Set<String> prefixes = new TreeSet<>();
        if (always != null) {
            prefixes.add(always);
        }
        for (String key : all.keySet()) {
            for (String property : properties) {
                if (key.equals(property) || key.endsWith("." + property)) {
                    prefixes.add(key.substring(0, key.length() - property.length()));
                }
            }
        }
        return prefixes;
    }

    private String inherited(String client, String property) {
        return Stream.of(client, client.startsWith("streams.") ? "streams." : "", "")
                .map(prefix -> all.get(prefix + property))
                .filter(value -> value != null)
                .findFirst()
                .orElse("");
    }

    private static boolean isEncrypted(String protocol) {
        String upper = protocol.toUpperCase(Locale.ROOT);
        return upper.equals("SSL") || upper.equals("SASL_SSL");
    }

    private static List<String> away(String servers) {
        return COMMA.splitAsStream(servers)
                .map(String::strip)
                .filter(server -> !server.isEmpty() && !Loopback.isAddress(server))
                .toList();
    }
}
